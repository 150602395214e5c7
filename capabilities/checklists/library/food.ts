import { each, type LibraryTemplate, SERVICES, shownIf } from './words.ts'

const receiving: LibraryTemplate = {
  key: 'receiving',
  category: 'receiving',
  services: SERVICES,
  write: ({ w, section, text, check, yesNo, choice, photo, foodTemperature }) => {
    const refuse = w(
      'Do not take it. Write it on the delivery note and tell the supplier.',
      'No lo reciba. Anótelo en la remisión y avise al proveedor.',
    )
    const what = choice(w('What came?', '¿Qué llegó?'), [
      [w('Chilled food', 'Alimentos refrigerados')],
      [w('Milk or shell eggs', 'Leche o huevos')],
      [w('Frozen food', 'Alimentos congelados')],
      [w('Dry goods', 'Abarrotes')],
    ])
    const option = (n: number) => what.options[n]?.id ?? ''
    const accepted = yesNo(w('Taken in?', '¿Se recibió?'), {
      onFail: { needsPhoto: true, leadsTo: 'nothing', fix: refuse },
    })
    return {
      name: w('Receiving', 'Recepción'),
      about: w(
        'Each delivery: cold, whole, in date, put away at once.',
        'Cada entrega: fría, entera, en fecha, guardada enseguida.',
      ),
      content: {
        estimateMinutes: 10,
        mayBeEmpty: true,
        sections: [
          section(
            w('Deliveries', 'Entregas'),
            [
              text(w('Supplier', 'Proveedor')),
              what,
              // FDA Food Code 3-202.11(A): received at 41 °F or below.
              foodTemperature(w('Temperature of the food', 'Temperatura del alimento'), 'us.receive_cold', {
                showIf: shownIf(what, 'equal', option(0)),
                onFail: { fix: refuse },
              }),
              // 3-202.11(B), (C): milk by its own law and shell eggs in air of 45 °F.
              foodTemperature(
                w(
                  'Temperature of milk, or air around the eggs',
                  'Temperatura de la leche, o del aire junto a los huevos',
                ),
                'us.receive_milk',
                { showIf: shownIf(what, 'equal', option(1)), onFail: { fix: refuse } },
              ),
              // 3-202.11(E): frozen food is received frozen.
              check(w('Frozen hard, no ice crystals or wet boxes', 'Bien congelado, sin cristales ni cajas mojadas'), {
                showIf: shownIf(what, 'equal', option(2)),
                isCritical: true,
                onFail: { fix: refuse },
              }),
              check(w('Packaging whole and clean, no pests', 'Empaque entero y limpio, sin plagas'), {
                onFail: { fix: refuse },
              }),
              check(w('In date, and long enough for us', 'En fecha, y con tiempo suficiente'), {
                onFail: { fix: refuse },
              }),
              accepted,
              check(w('Put away within 20 minutes, oldest in front', 'Guardado en 20 minutos, lo más viejo adelante'), {
                showIf: shownIf(accepted, 'passing'),
              }),
              photo(w('Delivery note', 'Remisión'), { required: false }),
            ],
            each(w('delivery', 'entrega'), 1),
          ),
        ],
      },
    }
  },
}

const dateMarks: LibraryTemplate = {
  key: 'date_marks',
  category: 'date_marking',
  services: SERVICES,
  write: ({ w, section, check, text, number, read }) => ({
    name: w('Date-mark sweep', 'Revisión de fechas'),
    about: w(
      'What was opened or made is dated, and gone after seven days.',
      'Lo abierto o preparado lleva fecha, y a los siete días se va.',
    ),
    content: {
      estimateMinutes: 12,
      sections: [
        section(w('The rule', 'La regla'), [
          // FDA Food Code 3-501.17, 3-501.18: ready to eat, held cold: at most seven days, the day it was made counts as the first.
          read(
            w(
              'The day it is made or opened is day 1; after day 7 it is thrown away',
              'El día que se prepara o abre es el 1; después del día 7 se tira',
            ),
          ),
        ]),
        section(w('Where you looked', 'Dónde miró'), [
          check(w('Walk-in: everything dated, nothing beyond its day', 'Cámara: todo fechado, nada pasado'), {
            isCritical: true,
          }),
          check(
            w(
              'Line and reach-ins: everything dated, nothing beyond its day',
              'Línea y refrigeradores: todo fechado, nada pasado',
            ),
            { isCritical: true },
          ),
          check(
            w('Bar or counter: opened juices, milks, syrups', 'Barra o mostrador: jugos, leches y jarabes abiertos'),
            { mayBeNotApplicable: true },
          ),
          check(w('Oldest in front everywhere', 'Lo más viejo adelante en todas partes'), {
            onFail: { needsNote: false },
          }),
        ]),
        section(
          w('Thrown away', 'Desechado'),
          [text(w('What', 'Qué')), number(w('How much', 'Cuánto'), { unit: 'lb', min: 0, required: false })],
          each(w('item', 'producto')),
        ),
      ],
    },
  }),
}

export const food = [receiving, dateMarks]
