import { Link } from '@tanstack/react-router';
import { AutoComplete } from 'antd';
import { useTranslation } from 'react-i18next';
import type { DraftContent } from '../../api/publication-types.ts';
import { FileUpload, FileUploads } from '../../components/file-upload.tsx';
import { Pair } from '../../components/rows.tsx';
import { useEditor, useFieldState } from './editor-context.ts';
import { BothField, ChoiceField, Field, GroupFaults, TextField } from './field.tsx';
import { WordsField } from './listed.tsx';
import { useTypeName } from './words.ts';

const classes = [
  'GENERAL',
  'JOINT',
  'YANXUAN',
  'YANXUAN_SELF',
  'HUAWEI',
] as const satisfies readonly DraftContent['class'][];
const mostCertificates = 10;

/** First step: what it is, its name and proofs, and where the seller's server is called (S-30). */
export function AccessStep() {
  const { t } = useTranslation();
  const { content, change } = useEditor();
  const typeName = useTypeName();
  return (
    <>
      <dl className="facts">
        <Pair term={t('publication.accessType')} value={typeName(content)} />
      </dl>
      <GroupFaults path="product" />
      <GroupFaults path="accessType" />
      <GroupFaults path="licenseVariant" />
      <BothField
        path="name"
        label={t('publication.name')}
        help={t('publication.nameHelp')}
        value={content.name}
        onChange={(name) => change({ name })}
      />
      <div className="editor-two">
        <TextField
          path="version"
          label={t('publication.version')}
          help={t('publication.versionHelp')}
          value={content.version}
          onChange={(version) => change({ version })}
        />
        <ChoiceField
          path="class"
          label={t('publication.class')}
          help={t('publication.classHelp')}
          value={content.class}
          options={classes.map((value) => ({ value, label: t(`publication.classes.${value}`) }))}
          // a general product has no floor price (S3-12)
          onChange={(next) =>
            change(next === 'GENERAL' ? { class: next, shareMode: 'DEAL_PRICE', floorDiscount: null } : { class: next })
          }
        />
      </div>
      <div className="editor-two">
        <div className="stack stack--tight">
          <FileUpload
            purpose="LOGO"
            label={t('publication.logo')}
            value={content.logo}
            onChange={(logo) => change({ logo })}
          />
          <GroupFaults path="logo" />
        </div>
        <div className="stack stack--tight">
          <FileUploads
            purpose="CERTIFICATE"
            label={t('publication.certificates')}
            value={content.certificates}
            most={mostCertificates}
            onChange={(certificates) => change({ certificates })}
          />
          <span className="soft">{t('publication.certificatesHelp')}</span>
          <GroupFaults path="certificates" />
        </div>
      </div>
      <Interface />
    </>
  );
}

function Interface() {
  const { t } = useTranslation();
  const { content, rules, form, interface: address, change, changeInterface } = useEditor();
  if (!rules.traded) {
    return (
      <TextField
        path="consultingUrl"
        label={t('publication.consultingUrl')}
        help={t('publication.consultingUrlHelp')}
        value={content.consultingUrl ?? ''}
        onChange={(url) => change({ consultingUrl: url === '' ? null : url })}
      />
    );
  }
  if (rules.protocols.every((protocol) => protocol === 'none')) return null;
  return (
    <>
      <div className="editor-two">
        <ChoiceField
          path="interface.protocol"
          label={t('publication.protocol')}
          help={t('publication.protocolHelp')}
          value={address.protocol}
          options={rules.protocols.map((value) => ({ value, label: t(`publication.protocols.${value}`) }))}
          onChange={(protocol) => changeInterface(protocol === 'none' ? { protocol, productionUrl: '' } : { protocol })}
        />
        {address.protocol !== 'none' && (
          <Field
            path="interface.productionUrl"
            label={t('publication.productionUrl')}
            help={t(form.origins.length === 0 ? 'publication.noOrigins' : 'publication.productionUrlHelp')}
          >
            {(control) => (
              <AutoComplete
                {...control}
                value={address.productionUrl}
                options={form.origins.map(({ origin, keyBound }) => ({
                  value: `${origin}/`,
                  label: keyBound ? origin : `${origin} ${t('publication.noKey')}`,
                }))}
                onChange={(productionUrl) => changeInterface({ productionUrl })}
                data-testid="field-interface.productionUrl"
              />
            )}
          </Field>
        )}
      </div>
      <MissingCases />
      {address.protocol === 'saas-v1' && <PrivateMembers />}
    </>
  );
}

/** Which debugging cases are still to be saved, and where (8.1). */
function MissingCases() {
  const { t } = useTranslation();
  const { draft } = useEditor();
  const { faults } = useFieldState('interface');
  return (
    <>
      <GroupFaults path="interface" />
      {faults.length > 0 && (
        <Link to="/seller/debugging" search={{ goodsId: draft.goodsId }} target="_blank">
          {t('publication.toDebugging')}
        </Link>
      )}
    </>
  );
}

const members = ['MOBILE', 'EMAIL', 'IAM'] as const satisfies readonly DraftContent['privateMembers'][number][];
const ciphers = ['1', '2'] as const satisfies readonly DraftContent['encryptType'][];

/** saas-v1.md 2.4: what of the buyer is sent along, and how it is encrypted. */
function PrivateMembers() {
  const { t } = useTranslation();
  const { content, change } = useEditor();
  return (
    <div className="editor-two">
      <WordsField
        path="privateMembers"
        label={t('publication.privateMembers')}
        help={t('publication.privateMembersHelp')}
        value={content.privateMembers}
        options={members.map((value) => ({ value, label: t(`publication.members.${value}`) }))}
        onChange={(chosen) => change({ privateMembers: members.filter((one) => chosen.includes(one)) })}
      />
      <ChoiceField
        path="encryptType"
        label={t('publication.encryptType')}
        value={content.encryptType}
        options={ciphers.map((value) => ({ value, label: t(`publication.ciphers.${value}`) }))}
        onChange={(encryptType) => change({ encryptType })}
      />
    </div>
  );
}
