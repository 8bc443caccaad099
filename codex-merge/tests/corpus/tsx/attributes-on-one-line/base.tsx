export const SearchBox = () => <input type="search" name="q" />;
