// The membership registry (docs/wire/registry.md) through pg, with prepared statements.
import { eraDay, number, opaque, personName } from './values.js'
import { world } from './world.js'

const STATUSES = { 0: 'AWAITING_PAYMENT', 1: 'ACTIVE', 2: 'WITHDRAWING', 9: 'WITHDRAWN' }
const KINDS = {
  '01': 'STUDENT', '02': 'GRADUATE_STUDENT', '03': 'FACULTY', '04': 'SCHOOL_STAFF', '05': 'SCHOOL_STAFF', '09': 'OTHER'
}
const CARD_STATES = { 1: 'ACTIVE', 3: 'REPLACED', 9: 'RETURNED' }
const MEMBER = `
  SELECT k.kumiaiin_no, k.shimei_kanji, k.shimei_kana, k.kubun, k.jotai, k.kanyubi, s.kuchisu, s.kingaku
  FROM kumiaiin k LEFT JOIN shussikin s ON s.kumiaiin_no = k.kumiaiin_no`

export async function members (sql, numbers) {
  const { rows } = await sql.query({
    name: 'members', text: `${MEMBER} WHERE k.kumiaiin_no = ANY($1::bpchar[])`, values: [numbers]
  })
  const found = new Map(rows.map((row) => [row.kumiaiin_no.trim(), member(row)]))
  return numbers.map((no) => found.get(no) ?? null)
}

export async function cards (sql, numbers) {
  const { rows } = await sql.query({
    name: 'cards',
    text: 'SELECT card_no, kumiaiin_no, jotai, hakkobi, saihakko_kaisu FROM kumiaiinsho WHERE kumiaiin_no = ANY($1::bpchar[])',
    values: [numbers]
  })
  const found = new Map(numbers.map((no) => [no, []]))
  for (const row of rows) found.get(row.kumiaiin_no.trim()).push(card(row))
  return numbers.map((no) => found.get(no).sort((one, other) => (one.place > other.place ? -1 : 1)))
}

export async function search (sql, { first, after }) {
  const last = after === null ? '' : JSON.parse(Buffer.from(after, 'base64url'))[0]
  const { rows } = await sql.query({
    name: 'search', text: `${MEMBER} WHERE k.kumiaiin_no > $1::bpchar ORDER BY k.kumiaiin_no LIMIT $2`, values: [last, first + 1]
  })
  const edges = rows.slice(0, first).map((row) => ({ node: member(row) }))
  const endCursor = edges.length > 0 ? opaque(edges.at(-1).node.number) : null
  return { edges, pageInfo: { hasNextPage: rows.length > first, endCursor } }
}

function member (row) {
  const no = row.kumiaiin_no.trim()
  return {
    id: opaque('Member', world.coop, no),
    number: no,
    numberDisplay: display(no),
    status: STATUSES[row.jotai],
    kind: KINDS[row.kubun],
    joinedOn: eraDay(row.kanyubi),
    profile: { name: personName(row.shimei_kanji), kana: personName(row.shimei_kana) },
    shareCapital: row.kuchisu === null ? null : { units: Number(row.kuchisu), amount: number(row.kingaku) }
  }
}

function card (row) {
  const issuedOn = eraDay(row.hakkobi)
  const place = issuedOn + row.saihakko_kaisu
  return { number: row.card_no.trim(), state: CARD_STATES[row.jotai], issuedOn, place }
}

function display (no) {
  let start = 0
  return world.numberGroups.map((length) => no.slice(start, (start += length))).join(' ')
}
