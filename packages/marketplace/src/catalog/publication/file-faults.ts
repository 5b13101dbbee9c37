/** Files of a draft: types and sizes of catalogue.md 12.1 and C60, and that they are the seller's own. Pure. */
import { type FilePurpose, purposeRules } from '../../platform/files/index.ts';
import type { FileRef } from '../definition.ts';
import type { DraftContent } from './draft.ts';
import { type DraftFacts, type DraftFault, fault } from './faults.ts';

const MIB = 1_048_576;
const MOST_PICTURES = 5;
const MOST_CERTIFICATES = 10;

/** Each file of a draft with its place, and what it was kept for. */
export function filesOf(content: DraftContent): { path: string; file: FileRef; purpose: FilePurpose }[] {
  const one = (path: string, file: FileRef | null, purpose: FilePurpose) => (file ? [{ path, file, purpose }] : []);
  const many = (path: string, files: readonly FileRef[], purpose: FilePurpose) =>
    files.map((file, place) => ({ path: `${path}.${place}`, file, purpose }));
  return [
    ...one('logo', content.logo, 'LOGO'),
    ...many('pictures', content.pictures, 'PICTURE'),
    ...one('video', content.video, 'VIDEO'),
    ...many('certificates', content.certificates, 'CERTIFICATE'),
    ...one('deliveryTemplate', content.deliveryTemplate, 'TEMPLATE'),
    ...one('serviceFlow', content.serviceFlow, 'TEMPLATE'),
  ];
}

export function fileFaults(content: DraftContent, { site, files }: DraftFacts): DraftFault[] {
  const faults = filesOf(content).flatMap(({ path, file, purpose }) => {
    const rule = purpose === 'TEMPLATE' ? 'C60' : '12.1';
    const { kinds, maximumBytes } = purposeRules(purpose, site);
    const found: DraftFault[] = [];
    const known = files?.get(file.fileId);
    if (files && (!known || known.sha256 !== file.sha256 || known.size !== file.size))
      found.push(fault(path, rule, '找不到该文件，请重新上传', 'This file is not there; upload it again'));
    const { name, size } = known ?? file;
    const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
    if (!kinds.some((kind) => kind === (ending === 'jpeg' ? 'jpg' : ending)))
      found.push(fault(path, rule, `文件类型须为 ${kinds.join('、')}`, `The file must be one of ${kinds.join(', ')}`));
    if (size > maximumBytes)
      found.push(
        fault(path, rule, `文件不能超过 ${maximumBytes / MIB} MB`, `The file has at most ${maximumBytes / MIB} MB`),
      );
    return found;
  });
  if (!content.logo) faults.push(fault('logo', '12.1', '请上传商品 Logo', 'The logo is missing'));
  if (content.pictures.length > MOST_PICTURES)
    faults.push(fault('pictures', '12.1', `图片最多 ${MOST_PICTURES} 张`, `At most ${MOST_PICTURES} pictures`));
  if (content.certificates.length === 0 && NEEDS_CERTIFICATE.has(content.accessType))
    faults.push(
      fault(
        'certificates',
        '12.1',
        '请上传软件著作权证书或声明',
        'The copyright certificate, or a declaration, is missing',
      ),
    );
  if (content.certificates.length > MOST_CERTIFICATES)
    faults.push(
      fault('certificates', '12.1', `证书最多 ${MOST_CERTIFICATES} 份`, `At most ${MOST_CERTIFICATES} certificates`),
    );
  return faults;
}

/** what is software */
const NEEDS_CERTIFICATE = new Set(['SAAS', 'LICENSE', 'IMAGE', 'CONTAINER']);
