export const peopleInSpanish = () => import('./messages/es.json')
