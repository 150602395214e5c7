import type { ScoredAs } from '@opsflow/capabilities/audits'
import { type LibraryTemplate, SERVICES, type Words } from './words.ts'

/**
 * Audits: our own questions, scored by points and weights or by what a public scheme prints. What an authority asks and
 * how it words it is its own; a grade here is computed from these questions.
 */
export const audits: readonly LibraryTemplate[] = [
  { key: 'audit.food_safety', category: 'audit', services: SERVICES, write: foodSafety },
  { key: 'audit.nyc', category: 'audit', services: SERVICES, write: nyc },
  { key: 'audit.la_county', category: 'audit', services: SERVICES, write: laCounty },
]

/** The note is enough for what is small; what may make someone ill becomes work. */
const SMALL = { onFail: { leadsTo: 'nothing' }, mayBeNotApplicable: true } as const
const GRAVE = { onFail: { leadsTo: 'task', task: { priority: 'urgent', dueMinutes: 24 * 60 } } } as const

/** Sections of FDA Food Code: 2-201, 2-301, 2-401 people · 3-302, 3-304, 3-501, 3-502 food · 4-601, 4-703 surfaces · 6-501 pests. */
function foodSafety({ w, section, check, choice }: Words) {
  const scale = (label: string, weight: number) =>
    choice(
      label,
      [
        [w('Spotless', 'Impecable'), false, 3],
        [w('In order', 'En orden'), false, 2],
        [w('Needs work', 'Falta trabajo'), false, 1],
        [w('Not acceptable', 'Inaceptable'), true, 0],
        [w('Not here', 'No hay aquí'), false, null],
      ],
      { weight, onFail: { leadsTo: 'nothing' } },
    )
  return {
    name: w('Food-safety audit', 'Auditoría de inocuidad'),
    about: w(
      'Points and weights, 80 % passes, and what may make someone ill fails the whole.',
      'Puntos y pesos, se aprueba con 80 %, y lo que puede enfermar a alguien reprueba todo.',
    ),
    content: {
      scoring: { scheme: 'weighted' as const, auditType: 'internal' as const, passPercent: 80 },
      estimateMinutes: 30,
      needsSignature: true,
      sections: [
        section(w('People', 'Personal'), [
          check(w('Nobody works ill or with an open wound', 'Nadie trabaja enfermo o con heridas abiertas'), {
            ...{ ...GRAVE, weight: 5, isCritical: true },
          }),
          check(w('Hands are washed when they should be', 'Las manos se lavan cuando toca'), { ...GRAVE, weight: 5 }),
          check(w('Hand sinks: free, soap, towels, warm water', 'Lavamanos: libres, jabón, toallas, agua tibia'), {
            ...{ ...SMALL, weight: 3 },
          }),
          check(w('Clean clothes, hair held back, no jewellery', 'Ropa limpia, cabello recogido, sin joyas'), SMALL),
          check(w('Nobody eats or drinks where food is made', 'Nadie come ni bebe donde se prepara'), SMALL),
        ]),
        section(w('Food', 'Alimentos'), [
          check(w('Cold food is held cold, hot food hot', 'Lo frío se mantiene frío, lo caliente caliente'), {
            ...{ ...GRAVE, weight: 8, isCritical: true },
          }),
          check(w('Raw is kept below and apart from ready to eat', 'Lo crudo va abajo y aparte de lo listo'), {
            ...{ ...GRAVE, weight: 5 },
          }),
          check(w('Every container has a name and a date', 'Cada recipiente tiene nombre y fecha'), {
            ...{ ...SMALL, weight: 3 },
          }),
          check(w('Nothing is past its date', 'Nada está vencido'), { ...SMALL, weight: 4 }),
          check(w('Allergens are labelled and kept apart', 'Los alérgenos están marcados y aparte'), {
            ...{ ...SMALL, weight: 4 },
          }),
          check(w('Cooling is timed and written down', 'El enfriado se cronometra y se anota'), {
            ...SMALL,
            weight: 3,
          }),
        ]),
        section(w('Place and equipment', 'Local y equipo'), [
          check(w('No sign of pests', 'Sin rastro de plagas'), { ...GRAVE, weight: 8, isCritical: true }),
          scale(w('Food-contact surfaces', 'Superficies en contacto con alimentos'), 3),
          scale(w('Floors, walls, drains', 'Pisos, paredes, desagües'), 1),
          scale(w('Coolers and freezers inside', 'Refrigeradores y congeladores por dentro'), 2),
          check(w('Sanitiser is there and at strength', 'Hay sanitizante y a su concentración'), {
            ...SMALL,
            weight: 3,
          }),
          check(w('Chemicals are labelled and away from food', 'Químicos marcados y lejos de alimentos'), {
            ...{ ...SMALL, weight: 3 },
          }),
        ]),
        section(w('Records and extras', 'Registros y extras'), [
          check(w('Yesterday’s checks are complete', 'Los controles de ayer están completos'), { ...SMALL, weight: 2 }),
          check(w('A thermometer was checked this week', 'Un termómetro se revisó esta semana'), {
            ...SMALL,
            weight: 2,
          }),
          check(w('Someone explains a critical limit unprompted', 'Alguien explica un límite crítico sin ayuda'), {
            ...{ weight: 2, required: false, onFail: null, scored: { counts: 'bonus' } },
          }),
          check(w('No finding of last time is back', 'No volvió ningún hallazgo anterior'), {
            ...{ ...SMALL, weight: 5, scored: { counts: 'deduction' } },
          }),
        ]),
      ],
    },
  }
}

/** Conditions I to V of New York City: how much of it there is, and at V that it was not put right while inspected. */
function nyc({ w, section, check, choice }: Words) {
  const condition = (label: string, as: ScoredAs) =>
    choice(
      label,
      [
        [w('In order', 'En orden'), false, null],
        [w('I: one or two', 'I: uno o dos'), true, 1],
        [w('II: some', 'II: algunos'), true, 2],
        [w('III: several', 'III: varios'), true, 3],
        [w('IV: many', 'IV: muchos'), true, 4],
        [w('V: not put right now', 'V: no se corrige ahora'), true, 5],
      ],
      { ...GRAVE, mayBeNotApplicable: true, scored: { as } },
    )
  const general = (label: string) => check(label, { ...SMALL, scored: { as: 'general' } })
  return {
    name: w('New York City, as an inspector scores it', 'Nueva York, como puntúa el inspector'),
    about: w(
      'Points against the place by condition: 13 or fewer is an A. Confirm with your authority.',
      'Puntos en contra según la condición: con 13 o menos es una A. Confirme con su autoridad.',
    ),
    content: {
      scoring: { scheme: 'nyc' as const, auditType: 'internal' as const, inspectionType: 'initial' as const },
      estimateMinutes: 35,
      needsSignature: true,
      sections: [
        section(w('Public health hazards', 'Peligros para la salud pública'), [
          condition(w('Hot food at 140 °F or more', 'Comida caliente a 140 °F o más'), 'phh'),
          condition(w('Cold food at 41 °F or less', 'Comida fría a 41 °F o menos'), 'phh'),
          condition(w('Cooked to its temperature', 'Cocida a su temperatura'), 'phh'),
          condition(w('Cooled in time', 'Enfriada a tiempo'), 'phh'),
          condition(w('From approved sources', 'De proveedores aprobados'), 'phh'),
        ]),
        section(w('Critical', 'Críticas'), [
          condition(w('No mice, rats, roaches or flies', 'Sin ratones, ratas, cucarachas ni moscas'), 'critical'),
          condition(w('Food is protected from contamination', 'Los alimentos están protegidos'), 'critical'),
          condition(w('Food-contact surfaces are washed', 'Superficies de contacto lavadas'), 'critical'),
          condition(w('Hands washed, gloves where needed', 'Manos lavadas, guantes donde toca'), 'critical'),
        ]),
        section(w('General', 'Generales'), [
          general(w('Surfaces off food are clean and in repair', 'Otras superficies limpias y en buen estado')),
          general(w('Plumbing works, nothing drips', 'Plomería en orden, sin goteras')),
          general(w('Nothing gives pests a home', 'Nada da refugio a plagas')),
          general(w('Light and ventilation do', 'Luz y ventilación suficientes')),
          general(w('Thermometers in every cooler', 'Termómetro en cada refrigerador')),
        ]),
      ],
    },
  }
}

function laCounty({ w, section, check }: Words) {
  const of = (as: ScoredAs, more: object) => (label: string) => check(label, { ...more, scored: { as } })
  const [major, minor] = [of('major', GRAVE), of('minor', SMALL)]
  const practice = of('good_retail_practice', SMALL)
  return {
    name: w('Los Angeles County, as an inspector scores it', 'Condado de Los Ángeles, como puntúa el inspector'),
    about: w(
      'From 100 downwards: major 4, minor 2, good retail practice 1. 90 is an A. Confirm with your authority.',
      'Desde 100 hacia abajo: mayor 4, menor 2, buena práctica 1. Con 90 es una A. Confirme con su autoridad.',
    ),
    content: {
      scoring: { scheme: 'la_county' as const, auditType: 'internal' as const },
      estimateMinutes: 35,
      needsSignature: true,
      sections: [
        section(w('What closes a place', 'Lo que cierra un local'), [
          of('no_water', GRAVE)(w('Hot and cold running water', 'Agua corriente fría y caliente')),
          of('sewage', GRAVE)(w('Sewage drains away', 'El drenaje funciona')),
          of('vermin', GRAVE)(w('No vermin', 'Sin plagas')),
        ]),
        section(w('Major risks', 'Riesgos mayores'), [
          major(w('Holding temperatures are right', 'Temperaturas de conservación correctas')),
          major(w('Cooking and reheating are right', 'Cocción y recalentado correctos')),
          major(w('Nobody works ill', 'Nadie trabaja enfermo')),
          major(w('Food is sound and from approved sources', 'Alimentos sanos y de origen aprobado')),
          major(w('Food-contact surfaces are sanitised', 'Superficies de contacto sanitizadas')),
        ]),
        section(w('Minor risks', 'Riesgos menores'), [
          minor(w('Hand sinks are free and stocked', 'Lavamanos libres y surtidos')),
          minor(w('Food is covered and off the floor', 'Alimentos tapados y fuera del piso')),
          minor(w('Thawing is done cold or under water', 'Se descongela en frío o bajo agua')),
          minor(w('Certificates and permits are at hand', 'Certificados y permisos a la mano')),
        ]),
        section(w('Good retail practices', 'Buenas prácticas'), [
          practice(w('Floors, walls and ceilings are clean', 'Pisos, paredes y techos limpios')),
          practice(w('Equipment is clean and in repair', 'Equipo limpio y en buen estado')),
          practice(w('Refuse is covered and taken away', 'Basura tapada y retirada')),
          practice(w('Restrooms are clean and stocked', 'Baños limpios y surtidos')),
          practice(w('Thermometers and test strips are there', 'Hay termómetros y tiras de prueba')),
        ]),
      ],
    },
  }
}
