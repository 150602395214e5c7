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
  'weight',
  'points',
] as const
export type ImportColumn = (typeof IMPORT_COLUMNS)[number]

/** What to begin with. An option with a mark of exclamation in front fails; points stand in the order of the options. */
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
    '3',
    '',
  ],
  ['Coolers', 'Door seals well', 'pass/fail', 'yes', '', '', '', '', '', '', '', '', '', ''],
  ['Line', 'Sanitiser', 'number', 'yes', '', '', '', '200', '400', 'ppm', '', 'Mix it anew', '', ''],
  ['Line', 'How does it look?', 'choice', 'yes', '', '', '', '', '', '', 'Clean; Fair; !Dirty', '', '', '5; 3; 0'],
  ['Line', 'Photo of the line', 'photo', 'no', '', '', '', '', '', '', '', '', '', ''],
])
