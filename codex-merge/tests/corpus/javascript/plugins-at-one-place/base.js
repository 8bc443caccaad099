export const plugins = [
  new CleanPlugin(),
  new HtmlPlugin({ title: 'Shop' }),
];
