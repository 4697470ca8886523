using System.Text.Json;
using System.Text.RegularExpressions;
using ClvOrleans.Model.Journal;
using Microsoft.AspNetCore.Diagnostics;

namespace ClvOrleans.Server.Api;

/// <summary>Errors as problem details, with the members <c>code</c> and <c>message</c> that tracking clients read.</summary>
internal static partial class ApiErrors
{
    public static IResult Problem(int status, string code, string message) => Results.Problem(
        statusCode: status, detail: message, extensions: new Dictionary<string, object?> { ["code"] = code, ["message"] = message });

    /// <summary>How exceptions become problems. Those of the caller are answered and not logged; trouble with files is logged once, by <see cref="Hosting.StorageWatch"/>.</summary>
    public static ExceptionHandlerOptions Handler { get; } = new()
    {
        ExceptionHandler = HandleAsync,
        SuppressDiagnosticsCallback = context => context.Exception is QueryException or BadHttpRequestException or StorageUnavailableException,
    };

    /// <summary>Gives a body to the bare status codes of routing: an address that is not there, a method that an address does not have.</summary>
    public static Task DescribeAsync(StatusCodeContext context)
    {
        var (request, response) = (context.HttpContext.Request, context.HttpContext.Response);
        var (code, message) = response.StatusCode switch
        {
            StatusCodes.Status404NotFound => ("unknown_address", "There is nothing at this address; see /docs."),
            StatusCodes.Status405MethodNotAllowed => (
                "wrong_method", $"{request.Method} is not for this address, {response.Headers.Allow} is; see /docs."),
            var status => ("refused", $"The request was refused with status {status}."),
        };
        return Problem(response.StatusCode, code, message).ExecuteAsync(context.HttpContext);
    }

    /// <summary>The store's files are in trouble. What is wrong with them is for those who run the service, not for browsers of a shop.</summary>
    public static IResult Unavailable(HttpContext context, string sentence)
    {
        context.Response.Headers.RetryAfter = "5";
        var isInside = context.Request.Path.StartsWithSegments("/api") || context.Request.Path.StartsWithSegments("/health");
        return Problem(
            StatusCodes.Status503ServiceUnavailable, "storage_unavailable",
            isInside ? sentence : "The store cannot be written or read now; send again after Retry-After seconds.");
    }

    private static async Task HandleAsync(HttpContext context)
    {
        var error = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        var result = error switch
        {
            QueryException e => Problem(StatusCodes.Status400BadRequest, e.Code, e.Message),
            BadHttpRequestException e => Unreadable(e),
            JournalFullException => Overloaded(context),
            StorageUnavailableException e => Unavailable(context, e.Message),
            TimeoutException => Busy(context),
            UnreadableModelException e => Problem(StatusCodes.Status409Conflict, "unreadable_model", e.Message),
            _ => Problem(StatusCodes.Status500InternalServerError, "internal_error", "The request failed; its events were not acknowledged."),
        };
        await result.ExecuteAsync(context);
    }

    private static IResult Unreadable(BadHttpRequestException error)
    {
        if (Parameter().Match(error.Message) is { Success: true } binding)
        {
            var name = binding.Groups["name"].Value;
            return Problem(error.StatusCode, QueryException.CodeOf(name), $"{name}: '{binding.Groups["text"].Value}' is not a number.");
        }

        return error.InnerException is JsonException json
            ? Problem(error.StatusCode, "invalid_json", $"{json.Path ?? "$"}: the body is not the JSON that is expected, line {json.LineNumber + 1}.")
            : Problem(error.StatusCode, error.StatusCode == StatusCodes.Status413PayloadTooLarge ? "body_too_large" : "invalid_request", error.Message);
    }

    private static IResult Busy(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "1";
        return Problem(StatusCodes.Status503ServiceUnavailable, "busy", "The service is busy; send again after Retry-After seconds.");
    }

    private static IResult Overloaded(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "1";
        return Problem(StatusCodes.Status429TooManyRequests, "overloaded", "The journal's queue is full; send again after Retry-After seconds.");
    }

    // How the framework says that a number of the query is none.
    [GeneratedRegex("""^Failed to bind parameter "\S+ (?<name>\w+)" from "(?<text>.*)"\.$""", RegexOptions.Singleline)]
    private static partial Regex Parameter();
}
