import { type LibraryTemplate, SERVICES, type Words } from './words.ts'

/** Walks with a score, in our own words: what an auditor of the chain looks at, short enough to be done often. */
export const walks: readonly LibraryTemplate[] = [
  { key: 'audit.opening_walk', category: 'audit', services: SERVICES, write: openingWalk },
  { key: 'audit.haccp_walk', category: 'audit', services: SERVICES, write: haccpWalk },
  { key: 'audit.brand_standards', category: 'audit', services: SERVICES, write: brandStandards },
  { key: 'audit.fire_safety', category: 'audit', services: SERVICES, write: fireSafety },
  { key: 'audit.labour_safety', category: 'audit', services: SERVICES, write: labourSafety },
]

/** The note is enough for what is small; what may hurt someone becomes work. */
const SMALL = { onFail: { leadsTo: 'nothing' }, mayBeNotApplicable: true } as const
const GRAVE = { onFail: { leadsTo: 'task', task: { priority: 'urgent', dueMinutes: 24 * 60 } } } as const
const VITAL = { ...GRAVE, weight: 8, isCritical: true } as const
const HEAVY = { ...GRAVE, weight: 5 } as const
const weighing = (weight: number) => ({ ...SMALL, weight })
const scoring = (passPercent: number, auditType: 'internal' | 'haccp' = 'internal') => ({
  scoring: { scheme: 'weighted' as const, auditType, passPercent },
  needsSignature: true,
})

function openingWalk({ w, section, check }: Words) {
  return {
    name: w('Opening food-safety walk', 'Recorrido de inocuidad al abrir'),
    about: w(
      'Ten minutes before the doors open: what may make someone ill, and what a guest sees first.',
      'Diez minutos antes de abrir: lo que puede enfermar a alguien y lo que el cliente ve primero.',
    ),
    content: {
      ...scoring(85),
      estimateMinutes: 10,
      sections: [
        section(w('Before anyone cooks', 'Antes de cocinar'), [
          check(w('Everyone on shift is well', 'Todos los del turno están sanos'), VITAL),
          check(w('Hand sinks have warm water, soap and towels', 'Los lavamanos tienen agua tibia, jabón y toallas'), {
            ...HEAVY,
          }),
          check(w('Sanitiser is mixed and at strength', 'El sanitizante está listo y a su concentración'), weighing(3)),
          check(w('Thermometer at hand and checked', 'Termómetro a la mano y comprobado'), weighing(2)),
        ]),
        section(w('Cold and dry', 'Frío y seco'), [
          check(w('Every cooler is cold enough', 'Cada refrigerador está bastante frío'), VITAL),
          check(w('Nothing raw above ready to eat', 'Nada crudo encima de lo listo'), HEAVY),
          check(w('Labels and dates on everything open', 'Etiqueta y fecha en todo lo abierto'), weighing(3)),
          check(w('Dry store: closed, off the floor', 'Almacén seco: cerrado y sin tocar el piso'), weighing(2)),
        ]),
        section(w('The place', 'El local'), [
          check(w('No droppings, no insects, doors close', 'Sin excrementos ni insectos, las puertas cierran'), VITAL),
          check(w('Line and boards are clean', 'Línea y tablas limpias'), weighing(3)),
          check(w('Floors are dry, drains run', 'Pisos secos, desagües libres'), weighing(1)),
          check(w('Restrooms are clean and stocked', 'Baños limpios y surtidos'), weighing(2)),
        ]),
      ],
    },
  }
}

/** Follows the seven principles of Codex (CXC 1-1969): hazards, critical points, limits, monitoring, correction, verification, records. */
function haccpWalk({ w, section, check }: Words) {
  return {
    name: w('HACCP walk', 'Recorrido HACCP'),
    about: w(
      'Is the plan followed? From the flow on paper to the records of last week, point by point.',
      '¿Se sigue el plan? Del flujo en papel a los registros de la última semana, punto por punto.',
    ),
    content: {
      ...scoring(85, 'haccp'),
      estimateMinutes: 40,
      sections: [
        section(w('The plan', 'El plan'), [
          check(w('The signed plan is here and in date', 'El plan firmado está aquí y vigente'), HEAVY),
          check(w('The flow diagram is what happens', 'El diagrama de flujo es lo que ocurre'), weighing(3)),
          check(w('New dishes were looked at for hazards', 'Se revisaron los peligros de platos nuevos'), weighing(3)),
        ]),
        section(w('Critical points', 'Puntos críticos'), [
          check(w('Cooking reaches its limit', 'La cocción alcanza su límite'), VITAL),
          check(w('Cooling keeps both its times', 'El enfriado cumple sus dos tiempos'), VITAL),
          check(w('Reheating is fast and hot enough', 'El recalentado es rápido y suficiente'), HEAVY),
          check(w('Hot and cold holding are within limits', 'Lo caliente y lo frío se mantienen en límites'), VITAL),
          check(w('Whoever measures can say the limit', 'Quien mide sabe decir el límite'), weighing(3)),
        ]),
        section(w('When it went wrong', 'Cuando salió mal'), [
          check(w('Each deviation has a corrective action', 'Cada desviación tiene su acción correctiva'), HEAVY),
          check(w('What became of the food is written down', 'Consta qué pasó con el alimento'), weighing(4)),
          check(w('Someone else confirmed it', 'Otra persona lo confirmó'), weighing(3)),
        ]),
        section(w('Verification and records', 'Verificación y registros'), [
          check(w('Probes were calibrated in time', 'Las sondas se calibraron a tiempo'), weighing(4)),
          check(w('Records of the last seven days are whole', 'Los registros de siete días están completos'), {
            ...weighing(4),
          }),
          check(w('A manager has signed them', 'Una persona encargada los firmó'), weighing(2)),
        ]),
      ],
    },
  }
}

function brandStandards({ w, section, check, choice }: Words) {
  const scale = (label: string, weight: number) =>
    choice(
      label,
      [
        [w('As it should be', 'Como debe ser'), false, 3],
        [w('Nearly', 'Casi'), false, 2],
        [w('Below the standard', 'Bajo el estándar'), false, 1],
        [w('Not acceptable', 'Inaceptable'), true, 0],
      ],
      { weight, onFail: { leadsTo: 'nothing' } },
    )
  return {
    name: w('Brand standards', 'Estándares de marca'),
    about: w(
      'What a guest meets: outside, welcome, food, team. Graded, not only passed or failed.',
      'Lo que encuentra el cliente: fachada, bienvenida, comida, equipo. Con grados, no solo sí o no.',
    ),
    content: {
      ...scoring(80),
      estimateMinutes: 25,
      sections: [
        section(w('Outside', 'Fachada'), [
          scale(w('Sign, windows, door', 'Letrero, ventanas, puerta'), 2),
          check(w('Hours and prices are the ones in force', 'Horario y precios son los vigentes'), weighing(2)),
          check(w('Ways in are free for everyone', 'Los accesos están libres para todos'), weighing(3)),
        ]),
        section(w('Guests', 'Clientes'), [
          scale(w('Greeting within a minute', 'Saludo en menos de un minuto'), 3),
          scale(w('Tables, menus, music, light', 'Mesas, cartas, música, luz'), 2),
          check(w('Allergen questions get a sure answer', 'Se responde con seguridad sobre alérgenos'), HEAVY),
        ]),
        section(w('On the plate', 'En el plato'), [
          scale(w('Portion and plating by the card', 'Porción y presentación según la ficha'), 3),
          scale(w('Taste and temperature', 'Sabor y temperatura'), 3),
          check(w('Tickets leave in their time', 'Las comandas salen a tiempo'), weighing(2)),
        ]),
        section(w('Team', 'Equipo'), [
          check(w('Uniforms are whole and clean', 'Uniformes completos y limpios'), weighing(2)),
          check(w('The shift knows today’s specials', 'El turno conoce los platos del día'), weighing(1)),
          check(w('Last visit’s findings are known', 'Se conocen los hallazgos de la visita anterior'), weighing(2)),
        ]),
      ],
    },
  }
}

function fireSafety({ w, section, check, moment }: Words) {
  return {
    name: w('Fire safety', 'Seguridad contra incendios'),
    about: w(
      'Ways out, hoods and extinguishers, gas and wires. Confirm what your fire code asks.',
      'Salidas, campanas y extintores, gas y cables. Confirme qué pide su código de incendios.',
    ),
    content: {
      ...scoring(90),
      estimateMinutes: 20,
      sections: [
        section(w('Ways out', 'Salidas'), [
          check(w('Every exit is free and opens without a key', 'Cada salida está libre y abre sin llave'), VITAL),
          check(w('Exit signs and emergency lights work', 'Letreros y luces de emergencia funcionan'), HEAVY),
          check(w('The meeting point is known', 'Se conoce el punto de reunión'), weighing(2)),
        ]),
        section(w('To put it out', 'Para apagarlo'), [
          check(w('Extinguishers: in place, charged, in date', 'Extintores: en su lugar, cargados, vigentes'), VITAL),
          check(w('A K-class extinguisher is near the fryers', 'Hay un extintor clase K junto a las freidoras'), HEAVY),
          check(w('Hood system was serviced in time', 'El sistema de la campana tiene su servicio al día'), HEAVY),
          moment(w('Next service of the hood system', 'Próximo servicio de la campana'), { required: false }),
          check(w('The pull station is free', 'La palanca manual está libre'), weighing(4)),
        ]),
        section(w('What burns', 'Lo que arde'), [
          check(w('Hood filters and ducts are free of grease', 'Filtros y ductos sin grasa'), HEAVY),
          check(w('Gas lines are whole, the valve is known', 'Gas sin daños, se conoce la llave'), VITAL),
          check(w('No frayed wires, no chained plugs', 'Sin cables pelados ni enchufes en cadena'), weighing(4)),
          check(w('Cardboard and linen stand apart from heat', 'Cartón y mantelería lejos del calor'), weighing(3)),
        ]),
      ],
    },
  }
}

function labourSafety({ w, section, check }: Words) {
  return {
    name: w('Safety at work', 'Seguridad en el trabajo'),
    about: w(
      'Slips, cuts, burns, lifting, chemicals and what every shift should know. Confirm what your law asks.',
      'Caídas, cortes, quemaduras, cargas, químicos y lo que cada turno debe saber. Confirme qué pide su ley.',
    ),
    content: {
      ...scoring(85),
      estimateMinutes: 20,
      sections: [
        section(w('Where people walk', 'Por donde se camina'), [
          check(w('Floors are dry, mats lie flat', 'Pisos secos, tapetes planos'), HEAVY),
          check(w('Walkways and stairs are free and lit', 'Pasillos y escaleras libres y con luz'), HEAVY),
          check(w('Shoes do not slip', 'El calzado no resbala'), weighing(2)),
        ]),
        section(w('Tools and heat', 'Herramientas y calor'), [
          check(w('Guards are on slicers and mixers', 'Rebanadoras y batidoras con protección'), VITAL),
          check(w('Knives are sharp and put away', 'Cuchillos afilados y guardados'), weighing(3)),
          check(w('Cut gloves and oven mitts are used', 'Se usan guantes anticorte y para horno'), weighing(3)),
          check(w('Fryer oil is moved cold', 'El aceite de freidora se mueve frío'), HEAVY),
        ]),
        section(w('Chemicals and lifting', 'Químicos y cargas'), [
          check(w('Safety sheets are at hand', 'Las hojas de seguridad están a la mano'), weighing(3)),
          check(w('Nothing is in a bottle without a name', 'Nada está en botellas sin nombre'), weighing(4)),
          check(w('Heavy loads are carried by two, or on wheels', 'Lo pesado lo cargan dos o va sobre ruedas'), {
            ...weighing(2),
          }),
        ]),
        section(w('People', 'Personas'), [
          check(w('First-aid kit is full, burns included', 'Botiquín completo, también para quemaduras'), weighing(4)),
          check(w('Breaks and rest are kept', 'Se respetan pausas y descansos'), weighing(3)),
          check(w('Accidents are written down', 'Los accidentes se anotan'), weighing(3)),
          check(w('Minors do no dangerous work', 'Los menores no hacen trabajos peligrosos'), VITAL),
        ]),
      ],
    },
  }
}
