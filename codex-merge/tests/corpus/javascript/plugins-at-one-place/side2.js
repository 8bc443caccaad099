export const plugins = [
  new CleanPlugin(),
  new HtmlPlugin({ title: 'Shop' }),
  new CompressPlugin(),
];
