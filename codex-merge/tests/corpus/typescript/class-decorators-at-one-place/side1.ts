import { Injectable } from './container';

@Injectable()
@Traced('report')
export class ReportService {
  build(rows: Row[]): Report {
    return { rows, builtAt: Date.now() };
  }
}
