using System.IO.Hashing;
using System.Text;
using ClvOrleans.Domain.Customers;

namespace ClvOrleans.Valuation.Rules;

/// <summary>Deals customers into random parts that stay as they are: equal on all machines and versions.</summary>
public static class RandomBucket
{
    private const double Whole = 100;

    /// <summary>A number from 0 up to, but without, 100, uniform over customers and independent for each salt.</summary>
    public static double Of(string salt, CustomerId customer)
    {
        var text = $"{salt}\n{customer.Store}\n{customer.ToText()}";
        return (XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(text)) >> 11) * (Whole / (1L << 53));
    }
}
