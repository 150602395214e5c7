/** One product of a run: where it answers, and the file its letters are caught in. */
export type Product = { url: string; letters: string }

const KEY = 'PRODUCTS_OF_THIS_RUN'

/** How many tests run at once, each with a product of its own. One that is given is shared by nobody. */
export const WORKERS = process.env.PRODUCT_URL ? 1 : 2

/** Workers are processes of their own; they are told through the environment. */
export const tellProducts = (products: Product[]) => {
  process.env[KEY] = JSON.stringify(products)
}

export function productOf(worker: number): Product {
  const started = JSON.parse(process.env[KEY] ?? '[]') as Product[]
  const given = { url: process.env.PRODUCT_URL ?? '', letters: process.env.LETTERS_FILE ?? '' }
  return started[worker] ?? given
}
