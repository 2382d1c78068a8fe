import { describe, expect, it } from 'vitest';
import { epochOf } from '../../src/verify/calls/clock.ts';

const utc = (local: string, zone: string): string => new Date(epochOf(local, zone) * 1000).toISOString();

describe('a local time in the zone of the PBX', () => {
  it('is the moment at which its clocks show it, in summer and in winter', () => {
    expect(utc('2026-07-27 10:00', 'Europe/Moscow')).toBe('2026-07-27T07:00:00.000Z');
    expect(utc('2026-07-27 10:00', 'Europe/Berlin')).toBe('2026-07-27T08:00:00.000Z');
    expect(utc('2026-01-27 10:00', 'Europe/Berlin')).toBe('2026-01-27T09:00:00.000Z');
    expect(utc('2026-01-27 10:00', 'Asia/Kathmandu')).toBe('2026-01-27T04:15:00.000Z');
    expect(utc('2026-01-01 00:30', 'Pacific/Auckland')).toBe('2025-12-31T11:30:00.000Z');
  });

  it('knows the rules of the year that is meant: Moscow kept summer time all year in 2012', () => {
    expect(utc('2012-01-27 10:00', 'Europe/Moscow')).toBe('2012-01-27T06:00:00.000Z');
    expect(utc('2015-01-27 10:00', 'Europe/Moscow')).toBe('2015-01-27T07:00:00.000Z');
  });

  it('is right on both sides of a change of the clocks', () => {
    expect(utc('2026-03-29 01:59', 'Europe/Berlin')).toBe('2026-03-29T00:59:00.000Z');
    expect(utc('2026-03-29 03:00', 'Europe/Berlin')).toBe('2026-03-29T01:00:00.000Z');
    expect(utc('2026-10-25 01:59', 'Europe/Berlin')).toBe('2026-10-24T23:59:00.000Z');
    expect(utc('2026-10-25 03:00', 'Europe/Berlin')).toBe('2026-10-25T02:00:00.000Z');
    expect(utc('2026-03-08 23:00', 'America/New_York')).toBe('2026-03-09T03:00:00.000Z');
  });

  it('is the first of an hour that comes twice, and goes on where the clocks skip one', () => {
    expect(utc('2026-10-25 02:30', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z');
    expect(utc('2026-03-29 02:30', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z');
  });
});
