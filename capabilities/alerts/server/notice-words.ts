import type { Kind } from '../words.ts'

type Words = {
  /** One matter. */
  title: Record<Kind, (name: string) => string>
  /** Several of a kind at one place. */
  many: Record<Kind, (count: number, place: string) => string>
  mixed: (count: number, places: number, place: string) => string
  since: (place: string, time: string) => string
  again: string
  quiet: (kinds: string) => string
  kinds: Record<Kind, string>
  over: (name: string) => string
  overText: (place: string) => string
  greeting: string
  linkBelow: string
  open: string
  why: string
}

const en: Words = {
  title: {
    temperature: (name) => `${name} is outside its limits`,
    sensor: (name) => `${name}: its sensor is silent or faulty`,
    failed: (name) => `Failed: ${name}`,
    checklist: (name) => `${name}: not heard of yet`,
    task: (name) => `${name} is past its time`,
    set_aside: () => 'Work from a device waits for a decision',
  },
  many: {
    temperature: (count, place) => `${count} units are outside their limits at ${place}`,
    sensor: (count, place) => `${count} sensors are silent or faulty at ${place}`,
    failed: (count, place) => `${count} failed checks at ${place}`,
    checklist: (count, place) => `${count} checklists not heard of yet at ${place}`,
    task: (count, place) => `${count} tasks are past their time at ${place}`,
    set_aside: (count, place) => `${count} records wait for a decision at ${place}`,
  },
  mixed: (count, places, place) =>
    places === 1 ? `${count} things need you at ${place}` : `${count} things need you at ${places} places`,
  since: (place, time) => `${place}, since ${time}.`,
  again: 'Nobody has it yet.',
  quiet: (kinds) => `You are told in your quiet hours because it is food safety: ${kinds}.`,
  kinds: {
    temperature: 'a temperature outside its limits',
    sensor: 'a silent sensor',
    failed: 'a failed check',
    checklist: 'a checklist',
    task: 'an urgent task',
    set_aside: 'set-aside work',
  },
  over: (name) => `Over: ${name}`,
  overText: (place) => `${place}. Nothing more to do.`,
  greeting: 'Hello,',
  linkBelow: 'If the button does not work, copy this address into your browser:',
  open: 'Open it',
  why: 'You get this by your organization’s alert rules. How and when you are told is yours to set: Settings, Preferences.',
}

const es: Words = {
  title: {
    temperature: (name) => `${name} está fuera de sus límites`,
    sensor: (name) => `${name}: su sensor calla o falla`,
    failed: (name) => `Falló: ${name}`,
    checklist: (name) => `${name}: aún sin noticias`,
    task: (name) => `${name} ya debía estar hecha`,
    set_aside: () => 'Trabajo de un dispositivo espera una decisión',
  },
  many: {
    temperature: (count, place) => `${count} equipos fuera de sus límites en ${place}`,
    sensor: (count, place) => `${count} sensores callan o fallan en ${place}`,
    failed: (count, place) => `${count} controles fallidos en ${place}`,
    checklist: (count, place) => `${count} listas aún sin noticias en ${place}`,
    task: (count, place) => `${count} tareas ya debían estar hechas en ${place}`,
    set_aside: (count, place) => `${count} registros esperan una decisión en ${place}`,
  },
  mixed: (count, places, place) =>
    places === 1 ? `${count} cosas le necesitan en ${place}` : `${count} cosas le necesitan en ${places} lugares`,
  since: (place, time) => `${place}, desde ${time}.`,
  again: 'Nadie lo tiene aún.',
  quiet: (kinds) => `Se le avisa en sus horas de silencio porque es seguridad alimentaria: ${kinds}.`,
  kinds: {
    temperature: 'una temperatura fuera de sus límites',
    sensor: 'un sensor que calla',
    failed: 'un control fallido',
    checklist: 'una lista',
    task: 'una tarea urgente',
    set_aside: 'trabajo apartado',
  },
  over: (name) => `Terminado: ${name}`,
  overText: (place) => `${place}. No hay nada más que hacer.`,
  greeting: 'Hola:',
  linkBelow: 'Si el botón no funciona, copie esta dirección en su navegador:',
  open: 'Abrir',
  why: 'Recibe esto por las reglas de avisos de su organización. Cómo y cuándo se le avisa lo elige usted: Ajustes, Preferencias.',
}

export const noticeWords = { en, es }
