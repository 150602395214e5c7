export { formFor, formsFor } from './templates/forms.ts'
export { templateImplementations } from './templates/http.ts'
export { readForms } from './templates/store-forms.ts'
