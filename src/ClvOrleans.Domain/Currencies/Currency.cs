using System.Collections.Frozen;

namespace ClvOrleans.Domain.Currencies;

/// <summary>A currency in circulation: its ISO 4217 code and the number of decimals of its minor unit.</summary>
public sealed record Currency
{
    /// <summary>
    /// The greatest value of one order, and of each other amount of an event, in major units of the store's currency: 10^9. What is above
    /// it is refused by every source.
    /// </summary>
    public const decimal GreatestOrder = 1_000_000_000m;

    private static readonly FrozenDictionary<string, Currency> Known = Circulating()
        .ToFrozenDictionary(c => c.Code, StringComparer.OrdinalIgnoreCase);

    private Currency(string code, int decimals)
    {
        Code = code;
        Decimals = decimals;
    }

    /// <summary>Three capital letters, as in ISO 4217.</summary>
    public string Code { get; }

    /// <summary>Decimals of the minor unit: 2 for USD, 0 for JPY, 3 for BHD.</summary>
    public int Decimals { get; }

    /// <summary>Finds a currency by its code, in any case. False for codes of no circulating currency (XXX, BTC).</summary>
    public static bool TryFind(string? code, out Currency currency)
    {
        currency = null!;
        return code is not null && Known.TryGetValue(code.Trim(), out currency!);
    }

    /// <summary>The currency of a code. <exception cref="ArgumentException">No circulating currency has it.</exception></summary>
    public static Currency Of(string code) =>
        TryFind(code, out var currency)
            ? currency
            : throw new ArgumentException($"'{code}' is not an ISO 4217 currency in circulation.", nameof(code));

    /// <summary>
    /// Rounds an amount of an order, in major units, to minor units, half away from zero. False where it is above
    /// <see cref="GreatestOrder"/> either way.
    /// </summary>
    public bool TryRound(decimal major, out Money money)
    {
        money = default;
        if (Math.Abs(major) > GreatestOrder)
        {
            return false;
        }

        money = Round(major);
        return true;
    }

    /// <summary>Rounds an amount in major units, at most 10^24, to minor units, half away from zero.</summary>
    public Money Round(decimal major) => new((Int128)decimal.Round(major * Scale, MidpointRounding.AwayFromZero));

    /// <summary>
    /// The amount in major units: exactly up to 28 digits, which 10^15 of the greatest orders do not reach, and the nearest that can be
    /// said beyond.
    /// </summary>
    public decimal ToMajor(Money money) => (decimal)Int128.Clamp(money.Minor, (Int128)decimal.MinValue, (Int128)decimal.MaxValue) / Scale;

    private decimal Scale => Decimals switch { 0 => 1m, 2 => 100m, 3 => 1_000m, _ => 10_000m };

    // ISO 4217:2015 with amendments to 2025, list one, without precious metals, funds and test codes.
    private static IEnumerable<Currency> Circulating()
    {
        const string Two =
            "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK "
            + "DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD "
            + "KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP "
            + "PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH "
            + "USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG ANG BGN";
        const string None = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF";
        const string Three = "BHD IQD JOD KWD LYD OMR TND";
        return Two.Split(' ').Select(c => new Currency(c, 2))
            .Concat(None.Split(' ').Select(c => new Currency(c, 0)))
            .Concat(Three.Split(' ').Select(c => new Currency(c, 3)));
    }
}
