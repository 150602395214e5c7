import type { FaceMessages } from '@opsflow/platform/web'
import chart from './messages/chart.en.json'
import lastOut from './messages/last-out.en.json'
import english from './messages/pages.en.json'

/** What only setting up units and importing say: the others do not carry it. */
export const pageMessages: FaceMessages = { en: english, es: () => import('./messages/pages.es.json') }

/** What only the history of a unit says. */
export const chartMessages: FaceMessages = { en: chart, es: () => import('./messages/chart.es.json') }

/** What an audit says beside a unit. */
export const lastOutMessages: FaceMessages = { en: lastOut, es: () => import('./messages/last-out.es.json') }
