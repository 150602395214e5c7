import type { Chain, ChainKind, ChainLocation } from './chain.ts'
import { draws } from './draws.ts'

export type DemoRole = 'org:admin' | 'org:manager' | 'org:member'

export type Person = {
  key: string
  name: string
  /** Null: works here without an account, as most of an hourly crew does. */
  email: string | null
  /** By brand: in which role, and at which locations (null: the whole organization). */
  posts: readonly {
    brand: string
    role: DemoRole
    locations: readonly string[] | null
    /** Held by one grant on this group, in which the locations lie today. */
    group?: string
  }[]
}

/** The same on every install, plainly a demo: the product listens on loopback unless told otherwise. */
export const DEMO_PASSWORD = 'opsflow-demo'

const TEAM_SIZE: Record<ChainKind, number> = { quick_service: 6, full_service: 8, cafe: 4 }

/** Everyone of the big chain: an admin, two district managers, two stores under one manager, crews. */
export function chainRoster(chain: Chain): Person[] {
  const [burgers, kitchen] = chain.brands
  if (!burgers || !kitchen) throw new Error('the chain has two brands')
  const names = nameDrawer(chain.key)
  const mail = (mailbox: string) => `${mailbox}@${chain.domain}`
  const [first, second, ...otherBurgers] = burgers.locations.map(({ key }) => key)
  if (!first || !second) throw new Error('the first brand has two stores and more')
  const inBothBrands = [burgers, kitchen].map((brand) => ({
    brand: brand.slug,
    role: 'org:admin' as const,
    locations: null,
  }))
  const manages = (brand: string, locations: readonly string[]) => [{ brand, role: 'org:manager' as const, locations }]
  return [
    { key: 'admin', name: 'Dana Whitfield', email: mail('admin'), posts: inBothBrands },
    { key: 'quality', name: 'Ngozi Adeyemi', email: mail('quality'), posts: inBothBrands },
    {
      key: 'district-burgers',
      name: 'Marcus Oyelaran',
      email: mail('district.burgers'),
      posts: manages(burgers.slug, [first, second, ...otherBurgers]),
    },
    {
      key: 'district-kitchen',
      name: 'Ingrid Solheim',
      email: mail('district.kitchen'),
      posts: manages(
        kitchen.slug,
        kitchen.locations.map(({ key }) => key),
      ),
    },
    {
      key: 'district',
      name: 'Renata Okonjo',
      email: mail('district'),
      posts: manages(burgers.slug, inGroup(burgers, EASTERN)).map((post) => ({ ...post, group: EASTERN })),
    },
    { key: 'manager', name: 'Priya Raman', email: mail('manager'), posts: manages(burgers.slug, [first, second]) },
    ...[
      ...otherBurgers.map((key) => [burgers.slug, key] as const),
      ...kitchen.locations.map(({ key }) => [kitchen.slug, key] as const),
    ].map(([brand, location]) => ({
      key: `manager-${location}`,
      name: names(),
      email: mail(`manager.${location}`),
      posts: manages(brand, [location]),
    })),
    {
      key: 'team',
      name: 'Luis Ortega',
      email: mail('team'),
      posts: [{ brand: burgers.slug, role: 'org:member', locations: [first] }],
    },
    ...chain.brands.flatMap((brand) => brand.locations.flatMap((location) => crew(brand.slug, location, names))),
  ]
}

const EASTERN = 'East'

const inGroup = (brand: Chain['brands'][number], group: string) =>
  brand.locations.filter(({ groups }) => groups.includes(group)).map(({ key }) => key)

/** A diner with one location. */
export function dinerRoster(chain: Chain): Person[] {
  const [brand] = chain.brands
  const [location] = brand?.locations ?? []
  if (!brand || !location) throw new Error('the diner has one location')
  const post = (role: DemoRole, locations: string[] | null) => [{ brand: brand.slug, role, locations }]
  return [
    { key: 'admin', name: 'June Abernathy', email: `admin@${chain.domain}`, posts: post('org:admin', null) },
    {
      key: 'manager-juniper',
      name: 'Theo Vasquez',
      email: `manager@${chain.domain}`,
      posts: post('org:manager', [location.key]),
    },
    ...crew(brand.slug, location, nameDrawer(chain.key)),
  ]
}

const crew = (brand: string, location: ChainLocation, names: () => string): Person[] =>
  Array.from({ length: TEAM_SIZE[location.kind] }, (_, n) => ({
    key: `${location.key}-${n + 1}`,
    name: names(),
    email: null,
    posts: [{ brand, role: 'org:member' as const, locations: [location.key] }],
  }))

/** A first and a last name that the chain does not have yet. */
function nameDrawer(seed: string): () => string {
  const draw = draws(`${seed}/names`)
  const taken = new Set<string>()
  return () => {
    for (;;) {
      const name = `${draw.oneOf(FIRST_NAMES)} ${draw.oneOf(LAST_NAMES)}`
      if (!taken.has(name) && taken.add(name)) return name
    }
  }
}

const FIRST_NAMES = `
  Aaliyah Amara Andre Anh Beatriz Bilal Camila Carlos Chloe Daniela Darnell Deepa Diego Elena Emeka Esther
  Fatima Gabriel Grace Hana Hassan Imani Isabel Jamal Javier Jia Jordan Kateryna Keisha Kenji Lamar Leila Lucía
  Malik Mateo Mei Minh Nadia Naomi Nikhil Noor Olga Omar Paulo Quinn Rosa Ruth Samir Sofia Tamika Tariq Thandi
  Tomás Valentina Wesley Xiomara Yusuf Zoe
`
  .trim()
  .split(/\s+/)

const LAST_NAMES = `
  Abebe Acosta Ahmed Alvarez Baker Banerjee Brooks Castillo Chen Coleman Cruz Dang Delgado Diallo Eriksen
  Fernandes Flores Foster Garcia Gupta Haddad Hughes Ibrahim Jackson Johnson Kaplan Kim Kowalski Lopez Mendoza
  Morales Murphy Nakamura Nguyen Nowak Okafor Ortiz Park Patel Pereira Ramirez Reyes Rivera Robinson Santos Shah
  Silva Singh Suarez Thompson Torres Tran Turner Walker Washington Williams Wójcik
`
  .trim()
  .split(/\s+/)
