import { csvText } from '@opsflow/platform/csv'

/** The columns of a spreadsheet that holds a checklist, one question a row. */
export const IMPORT_COLUMNS = [
  'section',
  'question',
  'kind',
  'required',
  'not_applicable',
  'critical',
  'help',
  'min',
  'max',
  'unit',
  'options',
  'fix',
] as const
export type ImportColumn = (typeof IMPORT_COLUMNS)[number]

/** What to begin with. An option with a mark of exclamation in front fails. */
export const IMPORT_EXAMPLE = csvText([
  IMPORT_COLUMNS,
  [
    'Coolers',
    'Walk-in cooler',
    'temperature',
    'yes',
    '',
    'yes',
    'Between two boxes',
    '33',
    '41',
    'F',
    '',
    'Close the door',
  ],
  ['Coolers', 'Door seals well', 'pass/fail', 'yes', '', '', '', '', '', '', '', ''],
  ['Line', 'Sanitiser', 'number', 'yes', '', '', '', '200', '400', 'ppm', '', 'Mix it anew'],
  ['Line', 'How does it look?', 'choice', 'yes', '', '', '', '', '', '', 'Clean; Fair; !Dirty', ''],
  ['Line', 'Photo of the line', 'photo', 'no', '', '', '', '', '', '', '', ''],
])
