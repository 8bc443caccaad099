import { Injectable } from './container';

@Injectable()
export class ReportService {
  build(rows: Row[]): Report {
    return { rows, builtAt: Date.now() };
  }
}
