/** The kinds of rows that devices hold of this capability, as the feed names them. */
export const TASK = 'task'
export const TASK_COMMENT = 'task_comment'
export const PLACE_CODE = 'place_code'
