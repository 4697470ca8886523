using ClvOrleans.Reports.Sales;

namespace ClvOrleans.Grains.Sales;

/// <summary>How much memory the purchases of a customer take, as measured by the benchmark <c>sales</c>.</summary>
internal static class SalesMemory
{
    private const int Customer = 400;
    private const int Order = 120;
    private const int Line = 48;
    private const int TextsOfLine = 2; // The product and the category; of an order the coupon.

    /// <summary>Bytes, to a tenth or so; texts are shared, and do not count.</summary>
    public static long BytesOf(CustomerSales? sales)
    {
        var bytes = (long)Customer;
        foreach (var sale in sales?.Sales ?? [])
        {
            bytes += Order + (Line * sale.Lines.Length);
        }

        return bytes;
    }

    /// <summary>How many texts sales of so many bytes can have at most.</summary>
    public static long MostTextsOf(long bytes) => bytes / (Line / TextsOfLine);
}
