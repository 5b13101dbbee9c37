import { useQuery } from '@tanstack/react-query';
import { InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { marketClassesQuery } from '../../api/publication.ts';
import type { DraftContent } from '../../api/publication-types.ts';
import { FileUpload, FileUploads } from '../../components/file-upload.tsx';
import { useText } from '../../i18n/text.ts';
import { useEditor } from './editor-context.ts';
import { BothField, ChoiceField, Field, GroupFaults, TextField } from './field.tsx';
import { FloorFields } from './floor-fields.tsx';
import { BothList, WordsField } from './listed.tsx';
import { percentOf, ratioOf } from './share.ts';

const most = { highlights: 10, cases: 10, pictures: 5 } as const;
const realNames = ['NONE', 'PERSONAL', 'ENTERPRISE'] as const satisfies readonly DraftContent['realName'][];
const taxTypes = ['SOFTWARE', 'HARDWARE', 'SERVICE', 'TELECOM'] as const satisfies readonly DraftContent['taxType'][];

/** Second step: what buyers read, see and agree to, and how they find it (S-30, catalogue.md 12.1). */
export function BusinessStep() {
  const { t } = useTranslation();
  const { content, change } = useEditor();
  return (
    <>
      <Finding />
      <BothField
        path="summary"
        label={t('publication.summary')}
        help={t('publication.summaryHelp')}
        rows={2}
        value={content.summary}
        onChange={(summary) => change({ summary })}
      />
      <BothField
        path="description"
        label={t('publication.description')}
        help={t('publication.descriptionHelp')}
        rows={6}
        counted
        value={content.description}
        onChange={(description) => change({ description })}
      />
      <BothList
        path="highlights"
        label={t('publication.highlights')}
        items={content.highlights}
        most={most.highlights}
        add={t('publication.addHighlight')}
        onChange={(highlights) => change({ highlights })}
      />
      <Pictures />
      <BothField
        path="usageGuide"
        label={t('publication.usageGuide')}
        help={t('publication.usageGuideHelp')}
        rows={4}
        value={content.usageGuide}
        onChange={(usageGuide) => change({ usageGuide })}
      />
      <BothList
        path="customerCases"
        label={t('publication.customerCases')}
        help={t('publication.customerCasesHelp')}
        items={content.customerCases}
        most={most.cases}
        rows={2}
        add={t('publication.addCase')}
        onChange={(customerCases) => change({ customerCases })}
      />
      <SupportFields />
      <BothField
        path="agreement"
        label={t('publication.agreement')}
        help={t('publication.agreementHelp')}
        rows={6}
        value={content.agreement}
        onChange={(agreement) => change({ agreement })}
      />
      <div className="editor-two">
        <ChoiceField
          path="realName"
          label={t('publication.realName')}
          help={t('publication.realNameHelp')}
          value={content.realName}
          options={realNames.map((value) => ({ value, label: t(`publication.realNames.${value}`) }))}
          onChange={(realName) => change({ realName })}
        />
        <ChoiceField
          path="taxType"
          label={t('publication.taxType')}
          help={t('publication.taxTypeHelp')}
          value={content.taxType ?? 'BY_TYPE'}
          options={[
            { value: 'BY_TYPE', label: t('publication.taxTypes.BY_TYPE') },
            ...taxTypes.map((value) => ({ value, label: t(`publication.taxTypes.${value}`) })),
          ]}
          onChange={(taxType) => change({ taxType: taxTypes.find((one) => one === taxType) ?? null })}
        />
        <ShareField />
        <FloorFields />
      </div>
    </>
  );
}

/** S1-7: the seller's part of the price, of a new version like everything else. */
function ShareField() {
  const { t } = useTranslation();
  const { content, change } = useEditor();
  const { sellerShare } = content;
  return (
    <Field path="sellerShare" label={t('publication.share')} help={t('publication.shareRule')}>
      {(control) => (
        <InputNumber
          {...control}
          value={/^\d+(\.\d+)?$/.test(sellerShare) ? percentOf(sellerShare) : null}
          stringMode
          min="0"
          max="100"
          suffix="%"
          style={{ width: '100%', maxWidth: 200 }}
          onChange={(percent) => change({ sellerShare: ratioOf(percent ?? '') })}
          data-testid="field-sellerShare"
        />
      )}
    </Field>
  );
}

/** Category, tags and key words: how buyers find it. */
function Finding() {
  const { t } = useTranslation();
  const text = useText();
  const { content, change } = useEditor();
  const classes = useQuery(marketClassesQuery).data;
  const tags = [...(classes?.industries ?? []), ...(classes?.certifications ?? [])];
  return (
    <>
      <Field path="categoryId" label={t('publication.category')} help={t('publication.categoryHelp')}>
        {(control) => (
          <Select
            {...control}
            value={content.categoryId}
            onChange={(categoryId) => change({ categoryId })}
            showSearch={{ optionFilterProp: 'label' }}
            options={[
              ...(classes?.categories ?? []).map((category) => ({
                label: text(category.name),
                title: text(category.name),
                options: (category.children.length === 0 ? [category] : category.children).map((one) => ({
                  value: one.categoryId,
                  label: text(one.name),
                })),
              })),
              { value: 'other', label: t('publication.otherCategory') },
            ]}
            data-testid="field-categoryId"
          />
        )}
      </Field>
      <div className="editor-two">
        <WordsField
          path="tags"
          label={t('publication.tags')}
          help={t('publication.tagsHelp')}
          value={content.tags}
          options={tags.map(({ tag, name }) => ({ value: tag, label: text(name) }))}
          onChange={(next) => change({ tags: next })}
        />
        <WordsField
          path="keywords"
          label={t('publication.keywords')}
          help={t('publication.keywordsHelp')}
          value={content.keywords}
          onChange={(keywords) => change({ keywords })}
        />
      </div>
    </>
  );
}

function Pictures() {
  const { t } = useTranslation();
  const { content, change } = useEditor();
  return (
    <div className="editor-two">
      <div className="stack stack--tight">
        <FileUploads
          purpose="PICTURE"
          label={t('publication.pictures')}
          value={content.pictures}
          most={most.pictures}
          onChange={(pictures) => change({ pictures })}
        />
        <GroupFaults path="pictures" />
      </div>
      <div className="stack stack--tight">
        <FileUpload
          purpose="VIDEO"
          label={t('publication.video')}
          value={content.video}
          onChange={(video) => change({ video })}
        />
        <GroupFaults path="video" />
      </div>
    </div>
  );
}

function SupportFields() {
  const { t } = useTranslation();
  const { content, change } = useEditor();
  const { support } = content;
  return (
    <>
      <BothField
        path="support.hours"
        label={t('publication.hours')}
        help={t('publication.hoursHelp')}
        value={support.hours}
        onChange={(hours) => change({ support: { ...support, hours } })}
      />
      <div className="editor-two">
        <TextField
          path="support.phone"
          label={t('publication.phone')}
          value={support.phone}
          onChange={(phone) => change({ support: { ...support, phone } })}
        />
        <TextField
          path="support.email"
          label={t('publication.email')}
          value={support.email}
          onChange={(email) => change({ support: { ...support, email } })}
        />
      </div>
      <GroupFaults path="support" />
    </>
  );
}
