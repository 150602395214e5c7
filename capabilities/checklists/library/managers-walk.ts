import { type LibraryTemplate, SERVICES, type Service, type Words } from './words.ts'

export const managersWalks: readonly LibraryTemplate[] = SERVICES.map((service) => ({
  key: `managers_walk.${service}`,
  category: 'managers_walk',
  services: [service],
  write: (words) => walk(words, service),
}))

function walk(words: Words, service: Service) {
  const { w, section, check, yesNo, text, photo, choice } = words
  return {
    name: {
      quick_service: w('Manager’s walk: quick service', 'Recorrido del gerente: servicio rápido'),
      full_service: w('Manager’s walk: full service', 'Recorrido del gerente: restaurante'),
      cafe: w('Manager’s walk: café', 'Recorrido del gerente: cafetería'),
    }[service],
    about: w(
      'Outside in, front to back, with the eyes of a guest and of an inspector.',
      'De afuera hacia adentro, con ojos de cliente y de inspector.',
    ),
    content: {
      estimateMinutes: 20,
      needsVerification: false,
      needsSignature: true,
      sections: [
        section(w('As a guest sees it', 'Como lo ve el cliente'), [
          check(w('Outside: signs, windows, bins, lights', 'Afuera: letreros, ventanas, botes, luces')),
          check(w('Restrooms: clean, stocked, checked this hour', 'Baños: limpios, surtidos, revisados esta hora')),
          ...guestView(words, service),
        ]),
        section(w('As an inspector sees it', 'Como lo ve el inspector'), [
          // FDA Food Code: 2-301.14 when to wash hands · 3-301.11 no bare hand on ready-to-eat food · 3-302.11 raw apart.
          yesNo(w('Did you see hands washed when they should be?', '¿Vio lavarse las manos cuando toca?'), {
            isCritical: true,
          }),
          yesNo(
            w(
              'Did you see a bare hand on food that is ready to eat?',
              '¿Vio manos desnudas en alimentos listos para comer?',
            ),
            { failsOn: 'yes', isCritical: true },
          ),
          check(
            w('Raw and ready to eat are apart in every cooler', 'Lo crudo y lo listo separados en cada refrigerador'),
            { isCritical: true },
          ),
          check(w('Dates, labels and allergens are right', 'Fechas, etiquetas y alérgenos correctos')),
          check(w('Chemicals are labelled and away from food', 'Químicos etiquetados y lejos de los alimentos'), {
            isCritical: true,
          }),
        ]),
        section(w('People', 'Personal'), [
          choice(
            w('How is the shift?', '¿Cómo va el turno?'),
            [[w('In good shape', 'Bien')], [w('Stretched', 'Apretado')], [w('Short of people', 'Falta gente'), true]],
            {
              onFail: { leadsTo: 'nothing' },
            },
          ),
          text(w('Praise someone: who and for what?', 'Felicite a alguien: ¿a quién y por qué?'), { required: false }),
        ]),
        section(w('Worth a picture', 'Merece una foto'), [
          photo(w('Best or worst thing you saw', 'Lo mejor o lo peor que vio'), { required: false }),
        ]),
      ],
    },
  }
}

function guestView({ w, check, number }: Words, service: Service) {
  if (service === 'quick_service') {
    return [
      number(
        w(
          'Seconds from order to food, three guests’ average',
          'Segundos del pedido a la comida, promedio de tres clientes',
        ),
        { unit: 's', max: 240, local: ['limit'], onFail: { leadsTo: 'nothing' } },
      ),
      check(w('Counter, drinks station and tables clean', 'Mostrador, bebidas y mesas limpios')),
    ]
  }
  if (service === 'cafe') {
    return [
      check(w('Display full, labelled, inviting', 'Vitrina llena, etiquetada, atractiva')),
      check(w('A coffee, tasted', 'Un café, probado')),
    ]
  }
  return [
    check(w('Greeted within a minute, seated at a clean table', 'Saludo en un minuto, mesa limpia')),
    check(w('A plate at the pass: right, hot, clean rim', 'Un plato en el pase: correcto, caliente, borde limpio')),
  ]
}
