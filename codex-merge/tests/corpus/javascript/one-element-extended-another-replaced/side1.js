export const plugins = [
  new CleanPlugin({ dry: false }),
  new HtmlPlugin({ title: 'Shop' }),
];
