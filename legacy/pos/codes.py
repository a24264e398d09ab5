"""The codes of docs/wire/pos.md."""

from typing import Final


class Result:
    """KEKKA."""

    DONE: Final = "0000"
    IN_PART: Final = "0010"
    NO_SUCH_MEMBER: Final = "1001"
    NONE_OF_IT: Final = "1002"
    NEVER_SEEN: Final = "1003"
    NOT_ENOUGH_POINTS: Final = "2001"
    ALREADY_SUSPENDED: Final = "2002"
    NOT_SUSPENDED: Final = "2003"
    NOT_RECEIVABLE: Final = "2004"
    CLOSED: Final = "9001"
    NOT_UNDERSTOOD: Final = "9100"
    REFUSED: Final = "9101"
    OTHER_CONTENT: Final = "9110"
    TOO_MANY: Final = "9300"


MESSAGES: Final = {
    Result.DONE: "正常終了",
    Result.IN_PART: "一部正常終了",
    Result.NO_SUCH_MEMBER: "該当組合員なし",
    Result.NONE_OF_IT: "該当データなし",
    Result.NEVER_SEEN: "該当要求なし",
    Result.NOT_ENOUGH_POINTS: "ポイント不足",
    Result.ALREADY_SUSPENDED: "利用停止済",
    Result.NOT_SUSPENDED: "利用停止なし",
    Result.NOT_RECEIVABLE: "未計上または受取済",
    Result.CLOSED: "閉局中",
    Result.NOT_UNDERSTOOD: "電文不正",
    Result.REFUSED: "端末または鍵不正",
    Result.OTHER_CONTENT: "要求ID重複（内容相違）",
    Result.TOO_MANY: "件数超過",
}


class Type:
    """SHUBETSU."""

    SALE: Final = "01"
    REVERSAL: Final = "02"
    DEPOSIT: Final = "03"
    AUTOMATIC_TOP_UP: Final = "04"
    WEB_POINTS: Final = "05"
    SLIP_MONEY: Final = "06"


class Genre:
    """JANRU."""

    NONE: Final = "00"
    FOOD: Final = "10"
    BOOKS: Final = "20"
    MAGAZINES: Final = "21"
    STATIONERY: Final = "30"
    COMPUTERS: Final = "40"
    COURSES: Final = "41"
    FURNISHINGS: Final = "50"
    DRIVING_SCHOOL: Final = "51"
    DAILY_GOODS: Final = "60"
    OTHER: Final = "90"


class Tender:
    """SHIHARAI."""

    PICO: Final = "1"
    CASH: Final = "2"
    CREDIT_CARD: Final = "3"
    MEAL_CARD: Final = "4"
    POINTS: Final = "5"
    PAYMENT_SLIP: Final = "6"


class Store:
    """TENPO. The first three hand out prepaid money; the dining halls take it, too."""

    SHAREA: Final = "101"
    FERIO: Final = "102"
    CLOVER: Final = "103"
    MAIN_DINING_HALL: Final = "201"
    MEDICAL_DINING_HALL: Final = "202"
    NEWCOMERS_CENTRE: Final = "301"
    WEB: Final = "999"


SERVICE_COUNTER: Final = "80"
CHARGE_MACHINE: Final = "90"
"""Registers of a store where money is put on cards."""
