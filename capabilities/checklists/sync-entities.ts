/** The kinds of rows that devices hold of this capability, as the feed names them. */
export const FORM = 'checklist_form'
export const CHECKLIST = 'checklist'
export const ANSWER = 'checklist_answer'
