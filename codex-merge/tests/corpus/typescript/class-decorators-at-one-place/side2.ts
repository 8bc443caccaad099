import { Injectable } from './container';

@Injectable()
@Cached({ ttl: 60 })
export class ReportService {
  build(rows: Row[]): Report {
    return { rows, builtAt: Date.now() };
  }
}
