export function label(status: Status): string {
  switch (status) {
    case 'new':
      return 'New';
    case 'done':
      return 'Done';
    case 'failed':
      return 'Error';
    default:
      return 'Unknown';
  }
}
