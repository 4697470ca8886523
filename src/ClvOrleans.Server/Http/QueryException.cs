using System.Text;

namespace ClvOrleans.Server.Http;

/// <summary>A query parameter is wrong: answered with 400 and a code that names it.</summary>
internal sealed class QueryException(string parameter, string why) : Exception($"{parameter}: {why}.")
{
    /// <summary><c>invalid_</c> and the parameter: <c>invalid_as_of</c>.</summary>
    public string Code { get; } = CodeOf(parameter);

    /// <summary>The code of a parameter's name.</summary>
    public static string CodeOf(string parameter) => parameter
        .Aggregate(
            new StringBuilder("invalid_"),
            (code, c) => char.IsUpper(c) ? code.Append('_').Append(char.ToLowerInvariant(c)) : code.Append(c))
        .ToString();
}
