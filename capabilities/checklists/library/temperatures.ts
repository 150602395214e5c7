import { each, eachUnit, type LibraryTemplate, SERVICES, type Service, type Words } from './words.ts'

const lineChecks: readonly LibraryTemplate[] = SERVICES.map((service) => ({
  key: `line_check.${service}`,
  category: 'line_check',
  services: [service],
  write: (words) => lineCheck(words, service),
}))

/** Before each service: what stands on the line is safe, in date and good. */
function lineCheck(words: Words, service: Service) {
  const { w, section, check, unitTemperature, foodTemperature } = words
  const throwAway = w(
    'Throw it away if nobody knows for how long. Otherwise chill or reheat it now.',
    'Tírelo si nadie sabe desde cuándo. Si no, enfríelo o recaliéntelo ya.',
  )
  return {
    name: {
      quick_service: w('Line check: quick service', 'Revisión de línea: servicio rápido'),
      full_service: w('Line check: full service', 'Revisión de línea: restaurante'),
      cafe: w('Line check: café', 'Revisión de barra: cafetería'),
    }[service],
    about: w(
      'Taste, temperature, date: station by station before service.',
      'Sabor, temperatura, fecha: cada estación antes del servicio.',
    ),
    content: {
      estimateMinutes: service === 'full_service' ? 20 : 10,
      sections: [
        section(
          w('Each cooler of the line', 'Cada refrigerador de la línea'),
          [unitTemperature(w('Temperature', 'Temperatura'))],
          eachUnit('reach_in', 'prep_rail'),
        ),
        section(
          w('Cold food', 'Alimentos fríos'),
          [
            foodTemperature(w('Temperature in the middle', 'Temperatura en el centro'), 'us.cold_hold', {
              onFail: { fix: throwAway },
            }),
            check(w('In date, fresh, right portion', 'En fecha, fresco, porción correcta')),
          ],
          each(w('cold item', 'alimento frío'), service === 'cafe' ? 1 : 3),
        ),
        ...(service === 'cafe'
          ? []
          : [
              section(
                w('Hot food', 'Alimentos calientes'),
                [
                  foodTemperature(w('Temperature in the middle', 'Temperatura en el centro'), 'us.hot_hold', {
                    onFail: { fix: throwAway },
                  }),
                  check(w('Tastes, looks and smells right', 'Sabor, aspecto y olor correctos')),
                ],
                each(w('hot item', 'alimento caliente'), 2),
              ),
            ]),
        section(w('Station', 'Estación'), [
          check(
            w(
              'Utensils clean, thermometer and sanitiser at hand',
              'Utensilios limpios, termómetro y desinfectante a mano',
            ),
          ),
          check(w('Raw and ready to eat are apart', 'Lo crudo y lo listo para comer están separados'), {
            isCritical: true,
          }),
        ]),
      ],
    },
  }
}

const hotHold: LibraryTemplate = {
  key: 'hot_hold',
  category: 'hot_hold',
  services: SERVICES,
  write: ({ w, section, unitTemperature, foodTemperature }) => ({
    name: w('Hot holding', 'Mantenimiento en caliente'),
    about: w('Every two hours: hot food is hot enough.', 'Cada dos horas: lo caliente está bastante caliente.'),
    content: {
      estimateMinutes: 6,
      mayBeEmpty: true,
      sections: [
        section(
          w('Each hot unit', 'Cada equipo caliente'),
          [unitTemperature(w('Temperature', 'Temperatura'))],
          eachUnit('hot_hold', 'hot_line'),
        ),
        section(
          w('Food', 'Alimentos'),
          [
            // FDA Food Code 3-501.16(A)(1); reheating by 3-403.11.
            foodTemperature(w('Temperature in the middle', 'Temperatura en el centro'), 'us.hot_hold', {
              onFail: {
                fix: w(
                  'Reheat to 165 °F within two hours, once. Throw away what stood too cold for four hours.',
                  'Recaliente a 165 °F en menos de dos horas, una sola vez. Tire lo que estuvo frío cuatro horas.',
                ),
              },
            }),
          ],
          each(w('dish', 'platillo'), 1),
        ),
      ],
    },
  }),
}

const cooling: LibraryTemplate = {
  key: 'cooling',
  category: 'cooling',
  services: SERVICES,
  write: ({ w, section, read, moment, text, choice, foodTemperature, temperatureWithin, number }) => {
    return {
      name: w('Cooling', 'Enfriamiento'),
      about: w(
        'From hot to 70 °F in two hours, to 41 °F in six.',
        'De caliente a 70 °F en dos horas, a 41 °F en seis.',
      ),
      content: {
        estimateMinutes: 10,
        mayBeEmpty: true,
        sections: [
          section(w('How', 'Cómo'), [
            read(
              w(
                'Small or shallow containers, ice bath or blast chiller, loosely covered',
                'Recipientes chicos o bajos, baño de hielo o abatidor, sin tapar del todo',
              ),
            ),
          ]),
          section(
            w('Batches', 'Lotes'),
            [
              text(w('What', 'Qué')),
              number(w('How much', 'Cuánto'), { unit: 'lb', min: 0, required: false }),
              choice(w('Cooled by', 'Enfriado con'), [
                [w('Ice bath', 'Baño de hielo')],
                [w('Blast chiller', 'Abatidor')],
                [w('Shallow pans', 'Bandejas bajas')],
                [w('Ice wand', 'Varilla de hielo')],
              ]),
              moment(w('At 135 °F at', 'A 135 °F a las'), { asks: 'time' }),
              // FDA Food Code 3-501.14(A): 135 °F to 70 °F within two hours, to 41 °F within six altogether.
              temperatureWithin(
                w('After two hours: at most 70 °F', 'A las dos horas: 70 °F o menos'),
                { max: 70 },
                {
                  onFail: {
                    fix: w(
                      'Reheat to 165 °F at once and begin again, or throw it away.',
                      'Recaliente a 165 °F ya y empiece de nuevo, o tírelo.',
                    ),
                  },
                },
              ),
              foodTemperature(w('After six hours: at most 41 °F', 'A las seis horas: 41 °F o menos'), 'us.cold_hold', {
                onFail: { fix: w('Throw it away.', 'Tírelo.') },
              }),
              moment(w('At 41 °F at', 'A 41 °F a las'), { asks: 'time' }),
            ],
            each(w('batch', 'lote'), 1),
          ),
        ],
      },
    }
  },
}

const probeCheck: LibraryTemplate = {
  key: 'probe_check',
  category: 'probe_check',
  services: SERVICES,
  write: ({ w, section, read, text, temperatureWithin, choice }) => {
    // FDA Food Code 4-203.11: food thermometers are accurate to ±2 °F; 4-502.11(B): they are calibrated.
    return {
      name: w('Probe check', 'Revisión de termómetros'),
      about: w(
        'Each thermometer in ice water: 32 °F, give or take 2.',
        'Cada termómetro en agua con hielo: 32 °F, dos más o menos.',
      ),
      content: {
        estimateMinutes: 8,
        sections: [
          section(w('How', 'Cómo'), [
            read(
              w(
                'Crushed ice with a little water, stirred. Wait 30 seconds; the tip touches no side.',
                'Hielo picado con poca agua, revuelto. Espere 30 segundos; la punta no toca las paredes.',
              ),
            ),
          ]),
          section(
            w('Thermometers', 'Termómetros'),
            [
              text(w('Its name or number', 'Su nombre o número')),
              temperatureWithin(
                w('In ice water', 'En agua con hielo'),
                { min: 30, max: 34 },
                {
                  onFail: {
                    fix: w(
                      'Adjust it and read again. If it stays wrong, take it out of use.',
                      'Ajústelo y lea otra vez. Si sigue mal, retírelo.',
                    ),
                  },
                },
              ),
              choice(
                w('It is', 'Está'),
                [[w('in order', 'en orden')], [w('adjusted', 'ajustado')], [w('out of use', 'retirado'), true]],
                {
                  onFail: {
                    needsNote: false,
                    leadsTo: 'task',
                    task: { title: w('Replace a thermometer', 'Reponer un termómetro') },
                  },
                },
              ),
            ],
            each(w('thermometer', 'termómetro'), 1),
          ),
        ],
      },
    }
  },
}

export const temperatures = [...lineChecks, hotHold, cooling, probeCheck]
