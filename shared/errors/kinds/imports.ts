import type { ErrorKind } from '../error-kind.ts';

/** Files of many rows. */
export const importsErrors = {
  IMPORT_NOT_FOUND: { status: 404, retryable: false, zh: '导入任务不存在', en: 'There is no such import' },
  IMPORT_EXISTS: { status: 409, retryable: false, zh: '该文件已导入', en: 'The file was handed in before' },
  IMPORT_STEP_STALE: {
    status: 409,
    retryable: false,
    zh: '导入进度已变化',
    en: 'The import stands elsewhere by now',
  },
  IMPORT_FILE_INVALID: {
    status: 422,
    retryable: false,
    zh: '文件不是所要求的CSV',
    en: 'The file is not the CSV that was asked for',
  },
  IMPORT_ROW_INVALID: { status: 422, retryable: false, zh: '该行内容不符合要求', en: 'The row is not as it should be' },
  IMPORT_RUNNING: { status: 409, retryable: true, zh: '导入尚未完成', en: 'The import is not finished yet' },
} as const satisfies Record<string, ErrorKind>;
