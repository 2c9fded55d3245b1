import { ButtonRow, LinkButton, SubmitButton } from '../shared/button.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { PostForm } from '../shared/post-form.tsx';

type ResumePageProps = {
  /** The form that waited for the sign-in. */
  draft: { action: string; fields: readonly (readonly [name: string, value: string])[] };
  homeHref: string;
};

/** After a sign-in that ran out in the middle of something: one press sends what was typed. */
export function ResumePage({ draft, homeHref }: ResumePageProps) {
  const { t } = usePage();
  return (
    <Layout
      title={t('people.resume.title')}
      width="narrow"
      notice={
        <Notice kind="info" focused>
          {t('people.resume.text')}
        </Notice>
      }
    >
      <PostForm action={draft.action}>
        {draft.fields.map(([name, value], index) => (
          <input key={`${name}${index}`} type="hidden" name={name} value={value} />
        ))}
        <ButtonRow>
          <SubmitButton>{t('people.resume.submit')}</SubmitButton>
          <LinkButton look="quiet" href={homeHref}>
            {t('people.resume.leave')}
          </LinkButton>
        </ButtonRow>
      </PostForm>
    </Layout>
  );
}
