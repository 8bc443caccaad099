export function Results({ query, page, sort }: ResultsProps) {
  const [rows, setRows] = useState<Row[]>([]);

  useEffect(() => {
    const controller = new AbortController();
    const request = { query, sort };
    load(request, controller.signal).then(setRows);
    return () => controller.abort();
  }, [query, sort]);

  return <Table rows={rows} />;
}
