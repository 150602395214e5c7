import { each, type LibraryTemplate, SERVICES, shownIf } from './words.ts'

const daily: LibraryTemplate = {
  key: 'cleaning',
  category: 'cleaning',
  services: SERVICES,
  write: ({ w, section, check, photo, timer }) => ({
    name: w('Cleaning', 'Limpieza'),
    about: w(
      'Surfaces, equipment, floors and restrooms, with a photo of the result.',
      'Superficies, equipos, pisos y baños, con una foto del resultado.',
    ),
    content: {
      estimateMinutes: 30,
      sections: [
        section(w('Surfaces', 'Superficies'), [
          // FDA Food Code 4-602.11(C): surfaces used with TCS food at least every four hours.
          check(
            w(
              'Food surfaces washed, rinsed and sanitised',
              'Superficies de alimentos lavadas, enjuagadas y desinfectadas',
            ),
            { isCritical: true },
          ),
          timer(w('Sanitiser stays on: one minute', 'El desinfectante actúa: un minuto'), 60),
          check(w('Cutting boards without deep cuts', 'Tablas sin cortes profundos')),
        ]),
        section(w('Equipment', 'Equipos'), [
          check(w('Slicer, mixer and can opener taken apart', 'Rebanadora, batidora y abrelatas desarmados'), {
            mayBeNotApplicable: true,
          }),
          check(w('Ice machine: scoop and door wiped', 'Máquina de hielo: pala y puerta limpias'), {
            mayBeNotApplicable: true,
          }),
          check(w('Handles, switches and screens wiped', 'Manijas, apagadores y pantallas limpios')),
        ]),
        section(w('Rooms', 'Áreas'), [
          check(w('Floors and drains', 'Pisos y desagües')),
          check(w('Restrooms: clean, soap, towels, bins', 'Baños: limpios, jabón, toallas, botes')),
          photo(w('The result', 'El resultado')),
        ]),
      ],
    },
  }),
}

const sanitiser: LibraryTemplate = {
  key: 'sanitiser',
  category: 'sanitiser',
  services: SERVICES,
  write: ({ w, section, choice, number, foodTemperature, text }) => {
    const kind = choice(w('Which sanitiser?', '¿Qué desinfectante?'), [
      [w('Chlorine', 'Cloro')],
      [w('Quaternary (quat)', 'Cuaternario (quat)')],
      [w('Hot water', 'Agua caliente')],
    ])
    const option = (n: number) => kind.options[n]?.id ?? ''
    const mix = {
      onFail: {
        needsNote: false,
        fix: w('Empty it, mix it anew and test it again.', 'Vacíe, mezcle de nuevo y vuelva a probar.'),
      },
    }
    return {
      name: w('Sanitiser', 'Desinfectante'),
      about: w(
        'Each bucket, sink and dish machine, by test strip.',
        'Cada cubeta, tarja y lavavajillas, con tira reactiva.',
      ),
      content: {
        estimateMinutes: 5,
        sections: [
          section(
            w('Buckets, sinks, machines', 'Cubetas, tarjas, máquinas'),
            [
              text(w('Where', 'Dónde')),
              kind,
              // FDA Food Code 4-501.114(A): chlorine 50 ppm and more at 75 °F and above (pH ≤ 8); over 200 ppm is too much for food surfaces (21 CFR 178.1010).
              number(w('Strip reads', 'La tira marca'), {
                unit: 'ppm',
                min: 50,
                max: 200,
                local: ['limit'],
                showIf: shownIf(kind, 'equal', option(0)),
                ...mix,
              }),
              // 4-501.114(C): quaternary as the maker’s label says; 200 to 400 is what most say.
              number(w('Strip reads (see the label)', 'La tira marca (vea la etiqueta)'), {
                unit: 'ppm',
                min: 200,
                max: 400,
                local: ['limit'],
                showIf: shownIf(kind, 'equal', option(1)),
                ...mix,
              }),
              // 4-703.11(B): 160 °F at the surface of the utensil.
              foodTemperature(w('At the plate', 'En el plato'), 'us.ware_surface', {
                showIf: shownIf(kind, 'equal', option(2)),
                onFail: {
                  fix: w(
                    'Stop the machine and call service. Sanitise by hand.',
                    'Pare la máquina y llame al servicio. Desinfecte a mano.',
                  ),
                },
              }),
            ],
            each(w('place', 'lugar'), 1),
          ),
        ],
      },
    }
  },
}

export const cleaning = [daily, sanitiser]
