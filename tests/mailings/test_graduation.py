"""卒業前の残高のご確認: in January, February and March, with what is not collected yet."""

from gateway.store.records import AccountKind, MailKind
from tests.mailings.office import Office

KIND = MailKind.GRADUATION
TARO, UMI = "210100000001", "210100000014"


async def test_whoever_graduates_in_march_is_mailed_once_in_each_of_the_last_three_months(
    hirosaki: Office,
) -> None:
    """B23, X9: from January, on days on which the co-op is open."""
    await hirosaki.account(UMI)
    await hirosaki.account(UMI, AccountKind.GUARDIAN)
    await hirosaki.account(TARO)
    mails = []
    for year, month, day in (
        (2026, 12, 28),
        (2027, 1, 3),  # still closed
        (2027, 1, 4),
        (2027, 1, 5),
        (2027, 1, 29),
        (2027, 2, 1),
        (2027, 3, 1),
        (2027, 3, 31),
        (2027, 4, 1),
    ):
        await hirosaki.on(year, month, day, 9, 0)
        mails.append(len(await hirosaki.letters(KIND)))
    assert mails == [0, 0, 1, 1, 1, 2, 3, 3, 3]
    assert set(await hirosaki.recipients(KIND)) == {UMI}


async def test_the_mail_names_the_last_day_the_balance_and_what_is_not_collected(hirosaki: Office) -> None:
    """B14, B15, B22, B23, X9: unreceived money, too."""
    await hirosaki.account(UMI)
    await hirosaki.on(2027, 1, 4, 9, 0)

    (letter,) = await hirosaki.letters(KIND)
    assert letter.subject == "【弘前大学生活協同組合】ご卒業前のプリペイド残高のご確認"
    first, figures, rules, collecting, *_ = letter.text.split("\n\n")
    assert first == "電子マネーPicoをご利用いただけるのは、2027年3月31日までです。"
    assert figures.splitlines()[1:] == ["　未受取プリペイド：30,000円", "　時点：2026年11月19日（前日時点）"]
    assert rules == (
        "ご卒業の場合は、卒業年の3月末までご利用可能ですので、チャージ済みの残高は、"
        "全て使い切るようお願いいたします。\n"
        "カードへチャージ済みのプリペイド残高は、現金でのご返金ができません。"
    )
    assert collecting == (
        "未受取プリペイドは、店舗（SHAREA・FERIO・Clover）にご来店いただき、"
        "レジで「Picoの受け取りにきた」旨をお伝えのうえ、お受け取りください。"
    )
