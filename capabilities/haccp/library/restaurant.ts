import {
  defaultLimitIds,
  isCooler,
  isFreezer,
  isHot,
  type Jurisdiction,
  type UnitKind,
} from '@opsflow/capabilities/temperature'
import type { Answers, Question } from '../decision.ts'
import type { Control, Hazard, PlanContent, Tie, TieOf } from '../plan.ts'
import type { HazardKind, StepKind } from '../words.ts'

export type Language = 'en' | 'es'

/** The kitchen that a plan is written for: what of ours it can be tied to from the first day. */
export type Kitchen = {
  jurisdiction: Jurisdiction
  units: readonly { id: string; kind: UnitKind }[]
  /** `key`: which of our own checklists it asks for; null: one of the kitchen's. `limitId`: what a question holds a food to. */
  schedules: readonly { id: string; key: string | null; items: readonly { id: string; limitId: string | null }[] }[]
}

type Judged = [likelihood: number, severity: number]
type Said = readonly [question: Question, yes: boolean, because: string]
type ControlIn = Omit<Control, 'id' | 'stepId' | 'hazardIds' | 'limits'> & { rules: readonly string[] }

/** Whatever book holds: a question for one of these is about food that is kept hot. */
const HOT_LIMITS = ['us.hot_hold', 'us.nyc_hot_hold', 'uk.hot', 'sc.hot']

/**
 * Our own plan of a restaurant that receives, stores, prepares, cooks, cools, reheats and holds hot: a place to begin. Whoever
 * uses it names the team, confirms the diagram on site, and changes what is otherwise in their kitchen.
 */
export function restaurantPlan(language: Language, mint: () => string, kitchen: Kitchen): PlanContent {
  const w = (english: string, spanish: string) => (language === 'es' ? spanish : english)
  const say = (parts: readonly Said[]): Answers => ({
    ...{ prerequisites: null, attention: null, measures: null, later: null, specific: null },
    ...Object.fromEntries(parts.map(([question, yes, because]) => [question, { yes, because }])),
  })
  const steps: PlanContent['steps'] = []
  const hazards: Hazard[] = []
  const controls: Control[] = []

  const step = (kind: StepKind, name: string, note = '') => {
    const id = mint()
    steps.push({ id, name, kind, note, noHazard: '' })
    return id
  }
  const hazard = (
    stepId: string,
    kind: HazardKind,
    [likelihood, severity]: Judged,
    said: Pick<Hazard, 'what' | 'cause' | 'measures'>,
    answers: readonly Said[] = [],
  ) => {
    const id = mint()
    hazards.push({ id, stepId, kind, likelihood, severity, ...said, answers: say(answers), laterStepId: null })
    return id
  }
  const control = (stepId: string, hazardIds: string[], { rules, ...told }: ControlIn) => {
    const limits = rules.map((ruleId) => ({ kind: 'rule' as const, id: mint(), ruleId }))
    controls.push({ id: mint(), stepId, hazardIds, limits, ...told })
  }

  const readings = (is: (kind: UnitKind) => boolean, during: TieOf<'unit'>['during']): Tie[] =>
    kitchen.units
      .filter(({ kind }) => is(kind))
      .map(({ id }) => ({ kind: 'unit', id: mint(), unitId: id, everyMinutes: 60, during }))
  const checklists = (key: string): Tie[] =>
    kitchen.schedules
      .filter((one) => one.key === key || one.key?.startsWith(`${key}.`))
      .map(({ id }) => ({ kind: 'schedule', id: mint(), scheduleId: id, itemIds: [] }))
  /** Only lists that ask for a food's temperature, and of these only those questions. */
  const temperatures = (key: string, limitIds: readonly string[]): Tie[] =>
    kitchen.schedules
      .filter((one) => one.key === key || one.key?.startsWith(`${key}.`))
      .flatMap(({ id, items }): Tie[] => {
        const asked = items.filter(({ limitId }) => limitId !== null && limitIds.includes(limitId))
        if (asked.length === 0) return []
        return [{ kind: 'schedule', id: mint(), scheduleId: id, itemIds: asked.map((item) => item.id) }]
      })
  const foods = (process: TieOf<'process'>['process'], perDay = 0): Tie[] => [
    { kind: 'process', id: mint(), process, perDay },
  ]
  const usual = (kind: UnitKind) => defaultLimitIds(kind, kitchen.jurisdiction)
  const cook = kitchen.jurisdiction.startsWith('us')
    ? ['process.cooking.us.cook_165', 'process.cooking.us.cook_155', 'process.cooking.us.cook_145']
    : ['process.cooking.uk.cook']

  // The flow, as it is in most kitchens that cook ahead.
  const receiving = step(
    'receiving',
    w('Receiving', 'Recepción'),
    w('Deliveries are checked and put away within 20 minutes.', 'Las entregas se revisan y se guardan en 20 minutos.'),
  )
  const storage = step(
    'storage',
    w('Cold and frozen storage', 'Almacenamiento frío y congelado'),
    w('Raw food below and apart from ready-to-eat food.', 'Lo crudo debajo y separado de lo listo para comer.'),
  )
  const preparing = step(
    'preparation',
    w('Preparation', 'Preparación'),
    w(
      'Small amounts at a time, at most 30 minutes out of the cold.',
      'Pequeñas cantidades, como máximo 30 minutos fuera del frío.',
    ),
  )
  const cooking = step('cooking', w('Cooking', 'Cocción'))
  const cooling = step(
    'cooling',
    w('Cooling', 'Enfriamiento'),
    w('Shallow pans, ice bath or blast chiller.', 'Bandejas bajas, baño de hielo o abatidor.'),
  )
  const chilled = step(
    'cold_holding',
    w('Chilled storage of cooked food', 'Conservación fría de lo cocinado'),
    w('Covered, labelled with its last day.', 'Tapado y etiquetado con su último día.'),
  )
  const reheating = step('reheating', w('Reheating', 'Recalentamiento'))
  const holding = step('hot_holding', w('Hot holding', 'Mantenimiento en caliente'))
  const serving = step('serving', w('Serving', 'Servicio'))
  const arrows = (
    [
      ...[
        [receiving, storage],
        [storage, preparing],
        [preparing, cooking],
        [preparing, serving],
      ],
      ...[
        [cooking, cooling],
        [cooking, holding],
        [cooking, serving],
        [cooling, chilled],
      ],
      ...[
        [chilled, reheating],
        [chilled, serving],
        [reheating, holding],
        [holding, serving],
      ],
    ] as [string, string][]
  ).map(([from, to]) => ({ from, to }))

  // Receiving
  const warm = hazard(
    receiving,
    'biological',
    [3, 4],
    {
      what: w(
        'Growth of Salmonella, Listeria and other pathogens in food that arrives too warm',
        'Crecimiento de Salmonella, Listeria y otros patógenos en alimentos que llegan demasiado calientes',
      ),
      cause: w('The cold chain was broken on the way.', 'La cadena de frío se rompió en el camino.'),
      measures: w(
        'Approved suppliers; the temperature of each delivery is taken; what is too warm is refused.',
        'Proveedores aprobados; se toma la temperatura de cada entrega; lo demasiado caliente se rechaza.',
      ),
    },
    [
      [
        'prerequisites',
        true,
        w(
          'Checking deliveries keeps it small; storage and cooking follow.',
          'La revisión de entregas lo mantiene bajo; siguen el almacenamiento y la cocción.',
        ),
      ],
      [
        'attention',
        true,
        w('Only where every delivery is measured and written down.', 'Solo si cada entrega se mide y se anota.'),
      ],
    ],
  )
  hazard(receiving, 'chemical', [1, 4], {
    what: w('Residues, or cleaning agents on food', 'Residuos o productos de limpieza en los alimentos'),
    cause: w('Mixed loads, leaking packages.', 'Cargas mixtas, envases con fugas.'),
    measures: w(
      'Approved suppliers; chemicals are delivered and kept apart.',
      'Proveedores aprobados; los químicos se entregan y guardan aparte.',
    ),
  })
  hazard(
    receiving,
    'allergen',
    [2, 5],
    {
      what: w('An ingredient with an allergen nobody expects', 'Un ingrediente con un alérgeno que nadie espera'),
      cause: w(
        'A substitute, or a changed recipe of the supplier.',
        'Un sustituto, o una receta cambiada del proveedor.',
      ),
      measures: w(
        'Substitutes only after asking; labels are read at delivery; the allergen list is kept up to date.',
        'Sustitutos solo tras consultar; se leen las etiquetas; la lista de alérgenos se mantiene al día.',
      ),
    },
    [
      [
        'prerequisites',
        true,
        w(
          'Reading labels and the allergen list are daily practice and enough.',
          'Leer etiquetas y la lista de alérgenos es práctica diaria y basta.',
        ),
      ],
      [
        'attention',
        false,
        w(
          'The yearly review of the list shows whether it works.',
          'La revisión anual de la lista muestra si funciona.',
        ),
      ],
    ],
  )
  control(receiving, [warm], {
    rules: usual('receiving'),
    what: w('Temperature of each chilled delivery', 'Temperatura de cada entrega refrigerada'),
    how: w(
      'Probe between two packages; frozen food is hard and without ice crystals',
      'Sonda entre dos paquetes; lo congelado está duro y sin cristales de hielo',
    ),
    when: w('At each delivery, before signing for it', 'En cada entrega, antes de firmarla'),
    who: w('Whoever receives', 'Quien recibe'),
    ties: checklists('receiving'),
    correctsProcess: w(
      'Refuse the delivery; tell the supplier; after a second time look for another.',
      'Rechazar la entrega; avisar al proveedor; tras una segunda vez, buscar otro.',
    ),
    correctsProduct: w('Send it back, or mark it and throw it away.', 'Devolverlo, o marcarlo y desecharlo.'),
  })

  // Storage
  const cold = hazard(
    storage,
    'biological',
    [3, 4],
    {
      what: w(
        'Growth of pathogens in a refrigerator that is too warm',
        'Crecimiento de patógenos en un refrigerador demasiado caliente',
      ),
      cause: w(
        'Open doors, too much in it, a compressor that fails.',
        'Puertas abiertas, exceso de carga, un compresor que falla.',
      ),
      measures: w(
        'Refrigerators are watched day and night; alarms; upkeep.',
        'Refrigeradores vigilados día y noche; alarmas; mantenimiento.',
      ),
    },
    [
      [
        'prerequisites',
        false,
        w(
          'Good practice does not keep food cold when a unit fails.',
          'La buena práctica no mantiene frío el alimento cuando falla un equipo.',
        ),
      ],
      [
        'measures',
        true,
        w(
          'The temperature of each unit is controlled and watched.',
          'La temperatura de cada equipo se controla y vigila.',
        ),
      ],
      [
        'later',
        false,
        w(
          'Not all of it is cooked: salads and desserts are eaten as they are.',
          'No todo se cocina: ensaladas y postres se comen tal cual.',
        ),
      ],
      [
        'specific',
        true,
        w(
          'Cold keeps growth at an acceptable level for the shelf life.',
          'El frío mantiene el crecimiento en un nivel aceptable durante la vida útil.',
        ),
      ],
    ],
  )
  hazard(
    storage,
    'biological',
    [3, 4],
    {
      what: w('Pathogens of raw food on ready-to-eat food', 'Patógenos de lo crudo en lo listo para comer'),
      cause: w('Dripping, shared shelves.', 'Goteo, estantes compartidos.'),
      measures: w('Raw below and apart, all of it covered.', 'Lo crudo abajo y aparte, todo tapado.'),
    },
    [
      ['prerequisites', true, w('The order of the shelves is enough.', 'El orden de los estantes basta.')],
      [
        'attention',
        false,
        w('It is seen at each opening and line check.', 'Se ve en cada apertura y revisión de línea.'),
      ],
    ],
  )
  control(storage, [cold], {
    rules: usual('walk_in_cooler'),
    what: w(
      'Air temperature of each refrigerator and freezer',
      'Temperatura del aire de cada refrigerador y congelador',
    ),
    how: w('Sensors, or the thermometer inside', 'Sensores, o el termómetro interior'),
    when: w('At least once an hour, day and night', 'Al menos una vez por hora, día y noche'),
    who: w('Sensors; the manager on duty answers alarms', 'Sensores; el gerente de turno atiende las alarmas'),
    ties: readings((kind) => isCooler(kind) || isFreezer(kind), 'always'),
    correctsProcess: w(
      'Close doors, move food to another unit, call for repair.',
      'Cerrar puertas, pasar los alimentos a otro equipo, pedir reparación.',
    ),
    correctsProduct: w(
      'Check the food itself: what was above the limit for more than four hours is thrown away.',
      'Medir el alimento: lo que estuvo sobre el límite más de cuatro horas se desecha.',
    ),
  })

  // Preparation
  hazard(
    preparing,
    'biological',
    [3, 4],
    {
      what: w('Pathogens from hands, boards and tools', 'Patógenos de manos, tablas y utensilios'),
      cause: w(
        'Hands not washed, boards used for raw and ready-to-eat food.',
        'Manos sin lavar, tablas usadas para crudo y listo para comer.',
      ),
      measures: w(
        'Hand washing, boards by colour, sanitiser of the right strength.',
        'Lavado de manos, tablas por color, desinfectante a su concentración.',
      ),
    },
    [
      ['prerequisites', true, w('Hygiene and cleaning are enough.', 'La higiene y la limpieza bastan.')],
      ['attention', false, w('They are checked with the line.', 'Se revisan con la línea.')],
    ],
  )
  hazard(
    preparing,
    'allergen',
    [3, 5],
    {
      what: w(
        'Traces of allergens in a dish that should have none',
        'Trazas de alérgenos en un plato que no debería tenerlos',
      ),
      cause: w('Shared boards, fryers, spoons.', 'Tablas, freidoras y cucharas compartidas.'),
      measures: w(
        'Own tools and a clean place for orders with an allergy.',
        'Utensilios propios y un lugar limpio para pedidos con alergia.',
      ),
    },
    [
      [
        'prerequisites',
        true,
        w('The allergy procedure of the kitchen is enough.', 'El procedimiento de alergias de la cocina basta.'),
      ],
      [
        'attention',
        false,
        w(
          'Each order with an allergy is repeated aloud and served apart.',
          'Cada pedido con alergia se repite en voz alta y se sirve aparte.',
        ),
      ],
    ],
  )
  hazard(preparing, 'physical', [2, 3], {
    what: w('Glass, metal or plastic in food', 'Vidrio, metal o plástico en los alimentos'),
    cause: w('Broken tools, packaging.', 'Utensilios rotos, envases.'),
    measures: w(
      'No glass on the line; damaged tools are replaced.',
      'Sin vidrio en la línea; los utensilios dañados se reponen.',
    ),
  })

  // Cooking
  const survival = hazard(
    cooking,
    'biological',
    [3, 5],
    {
      what: w('Salmonella, E. coli and Campylobacter survive', 'Salmonella, E. coli y Campylobacter sobreviven'),
      cause: w('Not hot enough inside, or not for long enough.', 'Poco calor en el centro, o poco tiempo.'),
      measures: w(
        'Cooked to a temperature inside, for a time.',
        'Cocido a una temperatura interior, durante un tiempo.',
      ),
    },
    [
      [
        'prerequisites',
        false,
        w('Only heat kills what raw meat carries.', 'Solo el calor mata lo que trae la carne cruda.'),
      ],
      ['measures', true, w('Core temperature and time.', 'Temperatura interior y tiempo.')],
      ['later', false, w('Most of it is served at once.', 'La mayoría se sirve enseguida.')],
      ['specific', true, w('It is cooked for this.', 'Se cocina para ello.')],
    ],
  )
  control(cooking, [survival], {
    rules: cook,
    what: w('Temperature inside the thickest part', 'Temperatura en el centro de la parte más gruesa'),
    how: w('With a calibrated probe', 'Con una sonda calibrada'),
    when: w('Each batch; at least one of each day is recorded', 'Cada lote; al menos uno de cada día se registra'),
    who: w('The cook', 'Quien cocina'),
    ties: foods('cooking', 1),
    correctsProcess: w(
      'Cook on and measure again; check grill, oven and portions.',
      'Seguir cocinando y medir de nuevo; revisar parrilla, horno y porciones.',
    ),
    correctsProduct: w(
      'Nothing leaves the kitchen before it has reached its temperature; what cannot is thrown away.',
      'Nada sale antes de alcanzar su temperatura; lo que no puede se desecha.',
    ),
  })

  // Cooling
  const spores = hazard(
    cooling,
    'biological',
    [3, 5],
    {
      what: w(
        'Clostridium perfringens and Bacillus cereus grow from spores that survived cooking',
        'Clostridium perfringens y Bacillus cereus crecen de esporas que sobreviven a la cocción',
      ),
      cause: w('Large pots, too slow between hot and cold.', 'Ollas grandes, demasiado lento entre caliente y frío.'),
      measures: w('Cooled in two stages, by the clock.', 'Enfriado en dos etapas, por reloj.'),
    },
    [
      ['prerequisites', false, w('It has to be measured against time.', 'Tiene que medirse contra el tiempo.')],
      ['measures', true, w('Ice bath, shallow pans, blast chiller.', 'Baño de hielo, bandejas bajas, abatidor.')],
      ['later', false, w('Reheating does not destroy toxins.', 'Recalentar no destruye las toxinas.')],
      ['specific', true, w('Fast cooling keeps them from growing.', 'El enfriamiento rápido impide que crezcan.')],
    ],
  )
  control(cooling, [spores], {
    rules: ['process.cooling'],
    what: w('Temperature of the food at the end of each stage', 'Temperatura del alimento al final de cada etapa'),
    how: w('With a probe in the middle; the timer asks for it', 'Con una sonda en el centro; el temporizador la pide'),
    when: w('After two hours and after six', 'A las dos horas y a las seis'),
    who: w('The cook who cooled it', 'Quien lo enfría'),
    ties: [...foods('cooling'), ...checklists('cooling')],
    correctsProcess: w(
      'Smaller portions, more ice; look at the blast chiller.',
      'Porciones más pequeñas, más hielo; revisar el abatidor.',
    ),
    correctsProduct: w(
      'After a first stage that failed: reheat at once and once, or throw away. After the second: throw away.',
      'Si falla la primera etapa: recalentar enseguida y una vez, o desechar. Tras la segunda: desechar.',
    ),
  })

  // Chilled storage
  const listeria = hazard(
    chilled,
    'biological',
    [2, 5],
    {
      what: w(
        'Listeria grows in ready-to-eat food that is kept too long',
        'Listeria crece en alimentos listos que se guardan demasiado',
      ),
      cause: w('No label, or nobody reads it.', 'Sin etiqueta, o nadie la lee.'),
      measures: w('Each container carries its last day.', 'Cada recipiente lleva su último día.'),
    },
    [
      ['prerequisites', true, w('Date marks and stock rotation are enough.', 'Las fechas y la rotación bastan.')],
      [
        'attention',
        true,
        w(
          'Only where each container is labelled and looked through.',
          'Solo si cada recipiente se etiqueta y se revisa.',
        ),
      ],
    ],
  )
  control(chilled, [listeria], {
    rules: ['process.date_mark'],
    what: w('The last day on each container', 'El último día en cada recipiente'),
    how: w('Label printed or written when it is put away', 'Etiqueta impresa o escrita al guardarlo'),
    when: w('When it is prepared; all are looked through at opening', 'Al prepararlo; todos se revisan en la apertura'),
    who: w('Whoever prepares; the opener', 'Quien prepara; quien abre'),
    ties: [...foods('date_mark'), ...checklists('opening')],
    correctsProcess: w(
      'Show once more how to label; smaller amounts.',
      'Mostrar de nuevo cómo etiquetar; cantidades menores.',
    ),
    correctsProduct: w(
      'Throw away what has no label or is past its day.',
      'Desechar lo que no tiene etiqueta o pasó su día.',
    ),
  })

  // Reheating
  const reheated = hazard(
    reheating,
    'biological',
    [3, 4],
    {
      what: w('Pathogens that grew in storage survive', 'Sobreviven patógenos que crecieron al guardarlo'),
      cause: w(
        'Warmed in hot holding instead of heated.',
        'Entibiado en el equipo de mantenimiento en vez de calentado.',
      ),
      measures: w(
        'Heated through quickly before it is held hot.',
        'Calentado por completo y rápido antes de mantenerlo caliente.',
      ),
    },
    [
      ['prerequisites', false, w('It has to be hot inside.', 'Tiene que estar caliente por dentro.')],
      ['measures', true, w('Core temperature and time.', 'Temperatura interior y tiempo.')],
      ['later', false, w('Hot holding does not kill.', 'Mantener caliente no mata.')],
      ['specific', true, w('It is heated for this.', 'Se calienta para ello.')],
    ],
  )
  control(reheating, [reheated], {
    rules: ['process.reheating'],
    what: w('Temperature inside, and how long it took', 'Temperatura interior y cuánto tardó'),
    how: w('With a probe, stirred before', 'Con una sonda, removido antes'),
    when: w('Each batch', 'Cada lote'),
    who: w('The cook', 'Quien cocina'),
    ties: foods('reheating'),
    correctsProcess: w(
      'On the stove instead of in the well; smaller amounts.',
      'En la estufa y no en el baño; cantidades menores.',
    ),
    correctsProduct: w(
      'Heat on within two hours, else throw away.',
      'Seguir calentando dentro de dos horas, si no desechar.',
    ),
  })

  // Hot holding
  const lukewarm = hazard(
    holding,
    'biological',
    [3, 4],
    {
      what: w(
        'Bacillus cereus and Clostridium perfringens grow in lukewarm food',
        'Bacillus cereus y Clostridium perfringens crecen en alimentos tibios',
      ),
      cause: w(
        'A dead element, an open lid, a well that is too full.',
        'Una resistencia rota, una tapa abierta, un baño demasiado lleno.',
      ),
      measures: w('Kept hot, watched while it is open.', 'Mantenido caliente, vigilado mientras está abierto.'),
    },
    [
      ['prerequisites', false, w('It has to be measured.', 'Tiene que medirse.')],
      ['measures', true, w('The temperature of each hot unit.', 'La temperatura de cada equipo caliente.')],
      ['later', false, w('It is served next.', 'Después se sirve.')],
      ['specific', true, w('Above the limit nothing grows.', 'Por encima del límite nada crece.')],
    ],
  )
  control(holding, [lukewarm], {
    rules: usual('hot_hold').length > 0 ? usual('hot_hold') : ['process.hot_holding'],
    what: w(
      'Temperature of each hot unit and of the food in it',
      'Temperatura de cada equipo caliente y de su alimento',
    ),
    how: w('Sensors; a probe at each line check', 'Sensores; una sonda en cada revisión de línea'),
    when: w('Each hour of service', 'Cada hora de servicio'),
    who: w('Sensors; the cook on the line', 'Sensores; quien está en la línea'),
    ties: [...readings(isHot, 'open'), ...temperatures('line_check', HOT_LIMITS), ...foods('hot_holding')],
    correctsProcess: w(
      'Turn up, cover, fill less, call for repair.',
      'Subir la temperatura, tapar, llenar menos, pedir reparación.',
    ),
    correctsProduct: w(
      'Within two hours: reheat. Longer, or nobody knows: throw away.',
      'Dentro de dos horas: recalentar. Más tiempo, o nadie lo sabe: desechar.',
    ),
  })

  // Serving
  hazard(
    serving,
    'allergen',
    [2, 5],
    {
      what: w(
        'A guest is told wrongly what a dish contains',
        'A un cliente se le informa mal del contenido de un plato',
      ),
      cause: w('Old lists, no time to ask.', 'Listas viejas, sin tiempo de preguntar.'),
      measures: w(
        'Only the manager answers, from the list of the day.',
        'Solo responde el gerente, con la lista del día.',
      ),
    },
    [
      ['prerequisites', true, w('The allergy procedure is enough.', 'El procedimiento de alergias basta.')],
      [
        'attention',
        false,
        w('It is trained and asked about in each audit.', 'Se entrena y se pregunta en cada auditoría.'),
      ],
    ],
  )

  return {
    scope: w(
      'All food that is received, stored, prepared, cooked, cooled, reheated, held hot and served here. Drinks from sealed packages are left out.',
      'Todo alimento que aquí se recibe, guarda, prepara, cocina, enfría, recalienta, mantiene caliente y sirve. Las bebidas en envases cerrados quedan fuera.',
    ),
    team: [
      {
        id: mint(),
        name: '',
        duty: w('Leads the team; general manager', 'Dirige el equipo; gerente general'),
        knowledge: w('Food-safety manager certificate', 'Certificado de gerente en inocuidad'),
        leads: true,
      },
      {
        id: mint(),
        name: '',
        duty: w('Knows the recipes; kitchen manager', 'Conoce las recetas; jefe de cocina'),
        knowledge: w('Years on the line, food handler certificate', 'Años en la línea, certificado de manipulador'),
        leads: false,
      },
    ],
    products: [
      {
        id: mint(),
        name: w('Dishes that are cooked and served', 'Platos que se cocinan y se sirven'),
        description: w(
          'Meat, poultry, fish, eggs, vegetables and starches, cooked to order or in batches.',
          'Carne, aves, pescado, huevos, verduras y almidones, cocinados al momento o por lotes.',
        ),
        allergens: w(
          'All of the major allergens are in the kitchen: see the list.',
          'Todos los alérgenos principales están en la cocina: ver la lista.',
        ),
        storage: w(
          'Raw: cold or frozen. Cooked: hot until served.',
          'Crudo: frío o congelado. Cocinado: caliente hasta servir.',
        ),
        shelfLife: w('Served the same day', 'Se sirve el mismo día'),
        use: w(
          'Eaten here or taken away and eaten within two hours.',
          'Se come aquí o se lleva y se come en dos horas.',
        ),
        consumers: 'general',
      },
      {
        id: mint(),
        name: w('Soups, sauces and sides cooked ahead', 'Sopas, salsas y guarniciones cocinadas antes'),
        description: w(
          'Cooked, cooled, kept cold, reheated and held hot.',
          'Cocinados, enfriados, conservados en frío, recalentados y mantenidos calientes.',
        ),
        allergens: w('Milk, wheat, celery, soy: see the list.', 'Leche, trigo, apio, soja: ver la lista.'),
        storage: w('Cold, covered, labelled', 'En frío, tapado, etiquetado'),
        shelfLife: w('Seven days, the day it was made included', 'Siete días, contando el de preparación'),
        use: w('Reheated here, eaten by everyone.', 'Se recalienta aquí, para todo público.'),
        consumers: 'general',
      },
      {
        id: mint(),
        name: w('Salads, desserts and cold dishes', 'Ensaladas, postres y platos fríos'),
        description: w(
          'Washed, cut and mixed; not heated afterwards.',
          'Lavados, cortados y mezclados; sin calentar después.',
        ),
        allergens: w('Eggs, milk, nuts, fish: see the list.', 'Huevos, leche, frutos secos, pescado: ver la lista.'),
        storage: w('Cold until served', 'En frío hasta servir'),
        shelfLife: w('Two days once cut', 'Dos días una vez cortado'),
        use: w('Eaten as it is, by everyone.', 'Se come tal cual, para todo público.'),
        consumers: 'general',
      },
    ],
    ...{ steps, arrows, confirmation: null, threshold: 8, hazards, controls },
    verifications: [
      {
        id: mint(),
        what: w('Calibrate probes in ice water', 'Calibrar las sondas en agua con hielo'),
        every: w('Each week', 'Cada semana'),
        who: w('Kitchen manager', 'Jefe de cocina'),
      },
      {
        id: mint(),
        what: w('Look through the day’s records and sign them', 'Revisar los registros del día y firmarlos'),
        every: w('Each day', 'Cada día'),
        who: w('Manager on duty', 'Gerente de turno'),
      },
      {
        id: mint(),
        what: w('Food-safety audit', 'Auditoría de inocuidad'),
        every: w('Each month', 'Cada mes'),
        who: w('District manager', 'Gerente de distrito'),
      },
      {
        id: mint(),
        what: w('Review this plan', 'Revisar este plan'),
        every: w(
          'Each year, and when dishes, equipment or suppliers change',
          'Cada año, y cuando cambian platos, equipos o proveedores',
        ),
        who: w('The team', 'El equipo'),
      },
    ],
    records: [
      {
        id: mint(),
        what: w(
          'Temperatures of units, alarms and what was done about them',
          'Temperaturas de equipos, alarmas y lo que se hizo',
        ),
        where: 'OpsFlow',
        months: 24,
      },
      {
        id: mint(),
        what: w('Checklists with who did them and who verified them', 'Listas con quién las hizo y quién las verificó'),
        where: 'OpsFlow',
        months: 24,
      },
      {
        id: mint(),
        what: w(
          'Cooking, cooling, reheating and hot holding by batch',
          'Cocción, enfriamiento, recalentamiento y mantenimiento por lote',
        ),
        where: 'OpsFlow',
        months: 24,
      },
      {
        id: mint(),
        what: w('Training of everyone who handles food', 'Formación de quienes manipulan alimentos'),
        where: w('Binder in the office', 'Carpeta en la oficina'),
        months: 36,
      },
    ],
    reviewMonths: 12,
  }
}
