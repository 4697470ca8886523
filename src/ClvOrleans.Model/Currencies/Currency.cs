using System.Collections.Frozen;

namespace ClvOrleans.Model.Currencies;

/// <summary>A currency in circulation: its ISO 4217 code and the number of decimals of its minor unit.</summary>
public sealed record Currency
{
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
        TryFind(code, out var currency) ? currency : throw new ArgumentException($"'{code}' is no ISO 4217 currency in circulation.", nameof(code));

    /// <summary>
    /// Rounds an amount in major units to minor units, half away from zero. False where it exceeds ±10^15 minor units,
    /// which no order does and which leaves room to add thousands of them.
    /// </summary>
    public bool TryRound(decimal major, out Money money)
    {
        const decimal Limit = 1_000_000_000_000_000m;
        money = default;
        if (Math.Abs(major) > Limit)
        {
            return false;
        }

        var minor = decimal.Round(major * Scale, MidpointRounding.AwayFromZero);
        if (Math.Abs(minor) > Limit)
        {
            return false;
        }

        money = new Money((long)minor);
        return true;
    }

    /// <summary>The amount in major units, exactly.</summary>
    public decimal ToMajor(Money money) => money.Minor / Scale;

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
