export class Mailer {
  private readonly queue: Mail[] = [];

  send(mail: Mail): void {
    this.queue.push(mail);
  }

  pending(): number {
    return this.queue.length;
  }
}
