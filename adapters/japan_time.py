"""Japan time: legacy systems mean it and do not say so."""

from zoneinfo import ZoneInfo

JAPAN = ZoneInfo("Asia/Tokyo")
