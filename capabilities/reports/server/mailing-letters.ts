import { writtenLetter } from '@opsflow/platform/server/letter'
import type { ClaimedSending, Maker } from './store-mailings.ts'

const words = {
  en: {
    greeting: 'Hello,',
    linkBelow: 'If the button does not work, copy this address:',
    subject: (place: string, from: string, to: string) => `Food-safety records of ${place}, ${from} to ${to}`,
    lines: (organization: string, place: string, from: string, to: string) =>
      `Here are the food-safety records of ${place} (${organization}) from ${from} to ${to}: checklists, temperatures, what was out of its limit and what was done about it.`,
    gaps: (n: number) =>
      n === 0
        ? 'Nothing was missing when they were looked through.'
        : 'Some things are missing. They are listed first.',
    open: 'Open the records',
    until: 'The link lasts thirty days and needs no account. Each visit is noted.',
    why: (givenTo: string) => `You get this because these records are sent regularly to: ${givenTo}.`,
    waiting: (place: string) => `Records of ${place} wait to be sent`,
    waitingText: 'Something is missing in them. See what, put right what can be, and send them.',
    look: 'See what is missing',
    waitingWhy: 'You get this because you set up that they are sent by e-mail.',
  },
  es: {
    greeting: 'Hola:',
    linkBelow: 'Si el botón no funciona, copie esta dirección:',
    subject: (place: string, from: string, to: string) =>
      `Registros de seguridad alimentaria de ${place}, ${from} a ${to}`,
    lines: (organization: string, place: string, from: string, to: string) =>
      `Estos son los registros de seguridad alimentaria de ${place} (${organization}) del ${from} al ${to}: listas, temperaturas, lo que salió de sus límites y lo que se hizo.`,
    gaps: (n: number) => (n === 0 ? 'No faltaba nada al revisarlos.' : 'Faltan algunas cosas. Están al principio.'),
    open: 'Abrir los registros',
    until: 'El enlace dura treinta días y no requiere cuenta. Cada visita se anota.',
    why: (givenTo: string) => `Recibe este mensaje porque estos registros se envían periódicamente a: ${givenTo}.`,
    waiting: (place: string) => `Hay registros de ${place} por enviar`,
    waitingText: 'Les falta algo. Vea qué, corrija lo que se pueda y envíelos.',
    look: 'Ver qué falta',
    waitingWhy: 'Recibe este mensaje porque usted dispuso que se envíen por correo.',
  },
}

type Sent = Pick<ClaimedSending, 'place' | 'organization' | 'from' | 'to' | 'gaps' | 'givenTo' | 'language'>

/** To whoever should have the records. */
export function letterOfRecords({ place, organization, from, to, gaps, givenTo, language }: Sent, url: string) {
  const said = words[language]
  return writtenLetter(language, said, {
    subject: said.subject(place, from, to),
    lines: [said.lines(organization, place, from, to), said.gaps(gaps)],
    action: said.open,
    url,
    after: [said.until, said.why(givenTo)],
  })
}

/** To whoever set it up: something is missing, and it waits for them. */
export function letterOfWaiting({ language, place, organizationSlug }: Omit<Maker, 'email'>, publicUrl: string) {
  const said = words[language]
  return writtenLetter(language, said, {
    subject: said.waiting(place),
    lines: [said.waiting(place), said.waitingText],
    action: said.look,
    url: `${publicUrl}/o/${organizationSlug}/inspector`,
    after: [said.waitingWhy],
  })
}
