import { expect, it } from 'vitest';
import { GroupCommit } from '../../src/history/group-commit.ts';

it('what several workers bring at a time is written in one go, in the order in which it came, and each goes on when it is written', async () => {
  const written: string[][] = [];
  const group = new GroupCommit<string>(async (items) => {
    written.push([...items]);
  });
  await Promise.all([group.add('a.mp3'), group.add('b.mp3'), group.add('c.mp3')]);
  expect(written).toEqual([['a.mp3', 'b.mp3', 'c.mp3']]);
  await group.add('d.mp3');
  expect(written[1]).toEqual(['d.mp3']);
});

it('a group that cannot be written is told to all who brought a part of it, and not to those who come after', async () => {
  let isAway = true;
  const group = new GroupCommit<string>(async () => {
    if (isAway) throw new Error('the database is away');
  });
  const first = await Promise.allSettled([group.add('a.mp3'), group.add('b.mp3')]);
  expect(first.map((r) => r.status)).toEqual(['rejected', 'rejected']);
  isAway = false;
  await expect(group.add('c.mp3')).resolves.toBeUndefined();
});

it('one group is written at a time', async () => {
  let [atWork, most] = [0, 0];
  const group = new GroupCommit<number>(async () => {
    most = Math.max(most, ++atWork);
    await new Promise((resolve) => setTimeout(resolve, 500));
    atWork--;
  });
  const first = group.add(1);
  await new Promise((resolve) => setTimeout(resolve, 300));
  await Promise.all([first, group.add(2)]);
  expect(most).toBe(1);
});
