import { each, eachUnit, type LibraryTemplate, type Service, type Words } from './words.ts'

export const closings: readonly LibraryTemplate[] = (['quick_service', 'full_service', 'cafe'] as const).map(
  (service) => ({
    key: `closing.${service}`,
    category: 'closing',
    services: [service],
    write: (words) => closing(words, service),
  }),
)

function closing(words: Words, service: Service) {
  const { w, section, check, yesNo, unitTemperature, photo, text } = words
  return {
    name: {
      quick_service: w('Closing: quick service', 'Cierre: servicio rápido'),
      full_service: w('Closing: full service', 'Cierre: restaurante'),
      cafe: w('Closing: café', 'Cierre: cafetería'),
    }[service],
    about: w('Food put away, everything clean, nothing left on.', 'Alimentos guardados, todo limpio, nada encendido.'),
    content: {
      estimateMinutes: service === 'full_service' ? 40 : 25,
      needsSignature: true,
      sections: [
        section(w('Food', 'Alimentos'), [
          check(w('Everything is covered, labelled and dated', 'Todo está tapado, etiquetado y fechado')),
          check(
            w('Raw meat is stored below what is ready to eat', 'La carne cruda está debajo de lo listo para comer'),
            { isCritical: true },
          ),
          yesNo(w('Is anything hot being cooled down?', '¿Se está enfriando algo caliente?'), {
            failsOn: 'neither',
            onFail: null,
            help: w('Record it with the cooling checklist.', 'Anótelo en la lista de enfriamiento.'),
          }),
          check(w('What is out of date was thrown away', 'Lo vencido se tiró')),
        ]),
        section(
          w('Thrown away', 'Desechado'),
          [text(w('What, how much and why', 'Qué, cuánto y por qué'))],
          each(w('item', 'producto')),
        ),
        section(
          w('Coolers and freezers', 'Refrigeradores y congeladores'),
          [
            unitTemperature(w('Temperature', 'Temperatura')),
            check(w('Door is shut and seals', 'La puerta cierra bien')),
          ],
          eachUnit('walk_in_cooler', 'reach_in', 'prep_rail', 'walk_in_freezer', 'freezer'),
        ),
        section(w('Cleaning', 'Limpieza'), cleaning(words, service)),
        section(w('Last look', 'Última mirada'), [
          check(w('Gas, ovens, fryers and hot holding are off', 'Gas, hornos, freidoras y calientaplatos apagados'), {
            isCritical: true,
          }),
          photo(w('The kitchen as you leave it', 'La cocina como la deja')),
          check(w('Back door locked, alarm set', 'Puerta trasera cerrada, alarma puesta')),
          text(w('For whoever opens tomorrow', 'Para quien abre mañana'), { required: false, long: true }),
        ]),
      ],
    },
  }
}

function cleaning({ w, check }: Words, service: Service) {
  const everywhere = [
    check(w('Work surfaces washed, rinsed and sanitised', 'Superficies lavadas, enjuagadas y desinfectadas')),
    check(w('Floors swept and mopped, drains clean', 'Pisos barridos y trapeados, desagües limpios')),
    check(w('Rubbish out, bins washed', 'Basura afuera, botes lavados')),
  ]
  if (service === 'cafe') {
    return [
      check(
        w(
          'Espresso machine backflushed, steam wands wiped and purged',
          'Máquina de café retrolavada, vaporizadores limpios y purgados',
        ),
      ),
      check(w('Grinder and pastry case emptied and wiped', 'Molino y vitrina vaciados y limpios')),
      ...everywhere,
    ]
  }
  if (service === 'quick_service') {
    return [
      check(w('Fryers filtered and covered', 'Freidoras filtradas y tapadas')),
      check(
        w(
          'Shake, ice-cream and drink nozzles taken apart and sanitised',
          'Boquillas de malteadas, helado y bebidas desarmadas y desinfectadas',
        ),
      ),
      ...everywhere,
    ]
  }
  return [
    check(
      w('Grills, ovens, fryers and hood filters cleaned', 'Parrillas, hornos, freidoras y filtros de campana limpios'),
    ),
    check(w('Slicer and mixer taken apart and sanitised', 'Rebanadora y batidora desarmadas y desinfectadas')),
    check(w('Dish machine drained and cleaned', 'Lavavajillas vaciado y limpio')),
    check(
      w(
        'Bar: bottles wiped and closed, ice well burnt and cleaned',
        'Bar: botellas limpias y cerradas, hielera vaciada y limpia',
      ),
      { mayBeNotApplicable: true },
    ),
    ...everywhere,
  ]
}
