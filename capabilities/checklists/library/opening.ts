import { eachUnit, type LibraryTemplate, type Service, type Words } from './words.ts'

const COOLERS = eachUnit('walk_in_cooler', 'reach_in', 'prep_rail')
const FREEZERS = eachUnit('walk_in_freezer', 'freezer')

export const openings: readonly LibraryTemplate[] = (['quick_service', 'full_service', 'cafe'] as const).map(
  (service) => ({
    key: `opening.${service}`,
    category: 'opening',
    services: [service],
    write: (words) => opening(words, service),
  }),
)

function opening(words: Words, service: Service) {
  const { w, section, check, yesNo, unitTemperature, read } = words
  return {
    name: {
      quick_service: w('Opening: quick service', 'Apertura: servicio rápido'),
      full_service: w('Opening: full service', 'Apertura: restaurante'),
      cafe: w('Opening: café', 'Apertura: cafetería'),
    }[service],
    about: w(
      'Doors, people, cold holding and stations, before the first guest.',
      'Puertas, personal, frío y estaciones, antes del primer cliente.',
    ),
    content: {
      estimateMinutes: service === 'full_service' ? 25 : 15,
      needsSignature: true,
      sections: [
        section(w('Arriving', 'Al llegar'), [
          check(
            w(
              'Doors and windows were locked, no sign of a break-in',
              'Puertas y ventanas cerradas, sin señales de robo',
            ),
            {
              isCritical: true,
              onFail: {
                leadsTo: 'task',
                fix: w('Do not touch anything. Call the manager.', 'No toque nada. Llame al gerente.'),
              },
            },
          ),
          check(
            w(
              'No sign of pests: droppings, gnawed packaging, insects',
              'Sin rastro de plagas: excrementos, envases roídos, insectos',
            ),
            {
              isCritical: true,
              onFail: {
                needsPhoto: true,
                leadsTo: 'task',
                fix: w('Throw away what was touched. Clean the place.', 'Tire lo que fue tocado. Limpie el lugar.'),
              },
            },
          ),
          check(w('Lights, gas, water and ventilation work', 'Luces, gas, agua y ventilación funcionan')),
        ]),
        section(w('People', 'Personal'), [
          // FDA Food Code 2-201.11: symptoms are reported, 2-201.12: who has them is excluded or restricted.
          yesNo(
            w(
              'Is everyone on shift free of vomiting, diarrhoea, fever and infected cuts?',
              '¿Todo el turno está sin vómitos, diarrea, fiebre ni heridas infectadas?',
            ),
            {
              isCritical: true,
              onFail: {
                leadsTo: 'recheck',
                fix: w(
                  'Send them home, or away from food, before work begins.',
                  'Mándelos a casa, o lejos de los alimentos, antes de empezar.',
                ),
              },
            },
          ),
          // 6-301.11, 6-301.12: hand cleanser and drying at every handwashing sink.
          check(
            w('Every hand sink has warm water, soap and towels', 'Cada lavamanos tiene agua tibia, jabón y toallas'),
            { isCritical: true },
          ),
          check(
            w(
              'Clean aprons, hair covered, no jewellery on hands',
              'Delantales limpios, cabello cubierto, sin joyas en las manos',
            ),
          ),
        ]),
        section(w('Coolers', 'Refrigeradores'), [unitTemperature(w('Temperature', 'Temperatura'))], COOLERS),
        section(
          w('Freezers', 'Congeladores'),
          [
            unitTemperature(w('Temperature', 'Temperatura')),
            check(
              w(
                'Food is frozen hard, no ice on the floor',
                'Los alimentos están bien congelados, sin hielo en el piso',
              ),
            ),
          ],
          FREEZERS,
        ),
        section(w('Stations', 'Estaciones'), stations(words, service)),
        section(w('Ready', 'Listos'), [
          check(
            w(
              'Sanitiser is mixed, tested and at every station',
              'El desinfectante está mezclado, probado y en cada estación',
            ),
          ),
          ...(service === 'cafe'
            ? []
            : [check(w('Allergen sheet is today’s and at hand', 'La hoja de alérgenos es la de hoy y está a mano'))]),
          read(w('Cash, menu and music are the shift leader’s', 'Caja, menú y música son del jefe de turno')),
        ]),
      ],
    },
  }
}

function stations({ w, check, foodTemperature }: Words, service: Service) {
  if (service === 'cafe') {
    return [
      check(
        w(
          'Espresso machine is hot, flushed and its first shot tasted',
          'La máquina de café está caliente, purgada y el primer café probado',
        ),
      ),
      check(w('Milk is in date and cold', 'La leche está en fecha y fría')),
      foodTemperature(w('Milk in the fridge at the bar', 'Leche en el refrigerador de la barra'), 'us.cold_hold'),
      check(
        w(
          'Pastry case is clean, labels and allergens stand beside each',
          'La vitrina está limpia, con etiqueta y alérgenos en cada producto',
        ),
      ),
    ]
  }
  if (service === 'quick_service') {
    return [
      check(w('Fryers: oil is clear, at level and at temperature', 'Freidoras: aceite claro, a nivel y a temperatura')),
      check(w('Grill and toaster are hot and clean', 'Plancha y tostador calientes y limpios')),
      foodTemperature(w('A cold topping on the line', 'Un ingrediente frío de la línea'), 'us.cold_hold'),
      check(
        w(
          'Drink and ice machines: nozzles clean, ice scoop outside the ice',
          'Bebidas y hielo: boquillas limpias, pala fuera del hielo',
        ),
      ),
      check(w('Drive-through and order screens work', 'Autoservicio y pantallas de pedidos funcionan'), {
        mayBeNotApplicable: true,
      }),
    ]
  }
  return [
    check(
      w(
        'Every station has its mise en place, covered and dated',
        'Cada estación tiene su mise en place, tapada y fechada',
      ),
    ),
    foodTemperature(w('A sauce in the steam table', 'Una salsa del baño maría'), 'us.hot_hold'),
    foodTemperature(
      w('A protein in the reach-in of the line', 'Una proteína del refrigerador de la línea'),
      'us.cold_hold',
    ),
    check(
      w(
        'Bar: ice, glasses and garnishes ready, soda guns clean',
        'Bar: hielo, vasos y guarniciones listos, pistolas limpias',
      ),
      { mayBeNotApplicable: true },
    ),
    check(w('Dining room: tables set, floor dry, restrooms clean', 'Comedor: mesas puestas, piso seco, baños limpios')),
  ]
}
