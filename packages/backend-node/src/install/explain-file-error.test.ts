import { describe, expect, it } from 'vitest';
import { explainFileError } from './explain-file-error.js';

const tfjs = { name: '@tensorflow/tfjs-node', version: '4.22.0', folder: '/app/tfjs-node' };

function explained(code: string, rest: Partial<NodeJS.ErrnoException & { dest: string }>): unknown {
  return explainFileError(Object.assign(new Error(code), { code, ...rest }), '/c/graft', [tfjs]);
}

describe('explainFileError', () => {
  it.each([
    ['ENOSPC', { path: '/c/graft/x' }, 'disk-full'],
    ['EDQUOT', { path: '/c/graft/x' }, 'disk-full'],
    ['EACCES', { path: '/c/graft/x' }, 'cache-not-writable'],
    ['EROFS', { path: '/c' }, 'cache-not-writable'],
    ['ENOENT', { path: '/c', syscall: 'mkdir' }, 'cache-not-writable'],
    ['EACCES', { path: '/app/tfjs-node/deps' }, 'package-not-writable'],
    ['EPERM', { path: '/c/graft/x', dest: '/app/tfjs-node/lib' }, 'package-not-writable'],
  ])('%s at %o is %s', (code, rest, expected) => {
    expect(explained(code, rest)).toMatchObject({ code: expected });
  });

  it('leaves other errors as they are', () => {
    const defect = new TypeError('x is not a function');
    expect(explainFileError(defect, '/c/graft', [tfjs])).toBe(defect);
    expect(explained('ENOENT', { path: '/c/graft/x', syscall: 'open' })).toMatchObject({
      code: 'ENOENT',
    });
    expect(explained('EACCES', { path: '/elsewhere' })).toMatchObject({ code: 'EACCES' });
  });
});
