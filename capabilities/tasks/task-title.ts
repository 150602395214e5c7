import type { Task } from './task.ts'

type Said = NonNullable<Task['said']>
type Words = { [As in Said['as']]: (said: Extract<Said, { as: As }>) => string }

const words: Record<'en' | 'es', Words> = {
  en: {
    haccp_review: ({ plan }) => `Review the HACCP plan: ${plan}`,
    mailing_paused: ({ givenTo }) => `Records sent to ${givenTo} have paused: take it over or end it`,
    schedule_set_aside: ({ schedule }) =>
      `A schedule cannot be read and was paused; say its times and places anew: ${schedule}`,
  },
  es: {
    haccp_review: ({ plan }) => `Revisar el plan HACCP: ${plan}`,
    mailing_paused: ({ givenTo }) => `El envío de registros a ${givenTo} está en pausa: asúmalo o termínelo`,
    schedule_set_aside: ({ schedule }) =>
      `Una programación no se puede leer y está en pausa; indique de nuevo sus horas y lugares: ${schedule}`,
  },
}

/** What the product asks for, in words. */
const inWords = (said: Said, language: string): string =>
  (words[language === 'es' ? 'es' : 'en'][said.as] as (said: Said) => string)(said)

/** What a task is called, for whoever reads it in this language. */
export const titleOf = ({ title, said }: Pick<Task, 'title' | 'said'>, language: string): string =>
  said ? inWords(said, language) : title

/** What is kept of it for those who read without a language: a title holds 300 signs. */
export const titleOfSaid = (said: Said): string => inWords(said, 'en').slice(0, 300)
