export class Mailer {
  private readonly queue: Mail[] = [];

  send(mail: Mail): void {
    this.validate(mail);
    this.queue.push(mail);
  }

  sendAll(mails: Mail[]): void {
    mails.forEach((mail) => this.validate(mail));
    this.queue.push(...mails);
  }

  pending(): number {
    return this.queue.length;
  }

  private validate(mail: Mail): void {
    if (mail.to.length === 0) {
      throw new Error('no recipient');
    }
  }
}
