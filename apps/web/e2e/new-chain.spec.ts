import { letterTo } from './letters.ts'
import { ask } from './people.ts'
import { expect, test } from './product.ts'

const PASSWORD = 'copper kettle ninety two'

test('an admin sets up a new chain from nothing, and invites the manager of its first store', async ({ browser }) => {
  test.setTimeout(400_000)
  const mark = Date.now()
  const [admin, manager] = [`ada.${mark}@example.com`, `noor.${mark}@example.com`]
  const someone = async () =>
    (await browser.newContext({ baseURL: process.env.PRODUCT_URL ?? '', locale: 'en-US' })).newPage()

  const ada = await someone()
  await test.step('she asks for a link, which proves her address', async () => {
    await ada.goto('/sign-in')
    await ada.getByRole('link', { name: 'Set up a new organization' }).click()
    await expect(ada.getByRole('heading', { level: 1, name: 'Set up your organization' })).toBeVisible()
    await ada.getByLabel('Email').fill(admin)
    await ada.getByRole('button', { name: 'Send me a link' }).click()
    await expect(ada.getByText('Look into your mail')).toBeVisible()
  })

  await test.step('with it she founds the organization and its first location', async () => {
    await ada.goto((await letterTo(admin, /Your OpsFlow sign-up/)).link)
    await ada.getByLabel('Organization').fill(`Copper Kettle ${mark}`)
    await ada.getByLabel('First location').fill('Main Street')
    await ada.getByLabel('Your name').fill('Ada Park')
    await ada.getByLabel('Password').fill(PASSWORD)
    await ada.getByRole('button', { name: /sign in|create/i }).click()
    await ada.waitForURL('**/o/*/dashboard')
    expect((await ask(ada, 'GET', '/account')).body).toMatchObject({ email: admin, emailVerified: true })
  })

  await test.step('she invites the manager of that store', async () => {
    await ada.goto('/settings/people')
    await ada.getByRole('button', { name: 'Invite', exact: true }).click()
    const sheet = ada.getByRole('dialog')
    await sheet.getByLabel('Email').fill(manager)
    await sheet.getByLabel('Role').selectOption('org:manager')
    await sheet.getByLabel('Place').click()
    await ada.getByRole('option', { name: /Main Street/ }).click()
    await sheet.getByRole('button', { name: 'Invite' }).click()
    await expect(ada.getByText(`An invitation is on its way to ${manager}.`)).toBeVisible()
  })

  await test.step('who accepts, and sees her store', async () => {
    const noor = await someone()
    await noor.goto((await letterTo(manager, /Ada Park invites you/)).link)
    await noor.getByLabel('Your name').fill('Noor Haddad')
    await noor.getByLabel('Choose a password').fill(PASSWORD)
    await noor.getByRole('button', { name: 'Create account and join' }).click()
    await noor.waitForURL('**/o/*/dashboard')
    expect((await ask(noor, 'GET', '/session')).body).toMatchObject({
      member: { name: 'Noor Haddad', role: 'org:manager' },
      locations: [{ name: 'Main Street' }],
    })
  })
})
