import type { Entry } from '#shared/domain/book/entry.ts';
import type { BusinessDate } from '#shared/domain/calendar.ts';

/** One page of something, and where the next begins. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next?: string;
}

export interface PageRequest {
  /** 1 to 100. */
  readonly limit: number;
  /** `next` of the page before. */
  readonly after?: string;
}

/** One page of a list, of the rows of one status where one is named. */
export interface ListRequest extends PageRequest {
  readonly status?: string;
}

/** A row of a view: texts by name. */
export type Row = Readonly<Record<string, string>>;

export interface AccountBalance {
  readonly account: string;
  readonly debitFen: bigint;
  readonly creditFen: bigint;
}

/** What readers ask. Views lag the book a little; `watermark` says how far they have come. */
export interface Reader {
  readonly watermark: (fundId: string) => Promise<number>;
  /** Latest digest of every entity of one type, by id. Of one status, a page may be short, or empty, and yet have a next. */
  readonly list: (fundId: string, type: string, page: ListRequest) => Promise<Page<Row>>;
  /** Entries about one thing, in book order. */
  readonly about: (fundId: string, type: string, id: string, page: PageRequest) => Promise<Page<Row>>;
  /** Lines of one account in book order (明细账). */
  readonly lines: (fundId: string, account: string, page: PageRequest) => Promise<Page<Row>>;
  /** Turnover per account up to and including a business date (科目余额表). */
  readonly trialBalance: (fundId: string, asOf: BusinessDate) => Promise<readonly AccountBalance[]>;
  /** Turnover of one account by the values of one dimension (辅助余额表). */
  readonly byDimension: (
    fundId: string,
    account: string,
    dimension: string,
    page: PageRequest,
  ) => Promise<Page<AccountBalance & { readonly value: string }>>;
  /** Turnover of one account for one value of a dimension; nothing moved, nothing shown: both amounts are zero then. */
  readonly balanceOf: (fundId: string, account: string, dimension: string, value: string) => Promise<AccountBalance>;
  /** Entries after a number, from the book itself. */
  readonly entries: (fundId: string, after: number, limit: number) => Promise<readonly Entry[]>;
}
