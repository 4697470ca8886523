using ClvOrleans.Domain.Customers;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ClvOrleans.Server.Api;

/// <summary>What the OpenAPI document says beyond the endpoints themselves.</summary>
internal static class ApiDocument
{
    public static void Describe(OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "ClvOrleans",
                Version = "v1",
                Description = "The live value of every customer of a store. Money is in major units of the store's currency; days are "
                    + "local days of the store.",
            };
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            if (context.JsonTypeInfo.Type == typeof(ProblemDetails))
            {
                schema.Properties ??= new Dictionary<string, IOpenApiSchema>();
                schema.Properties["code"] = new OpenApiSchema
                {
                    Type = JsonSchemaType.String,
                    Description = "Error code, such as unknown_customer.",
                };
                schema.Properties["message"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "The same as detail." };
            }

            return Task.CompletedTask;
        });
    }

    /// <summary>What an endpoint answers: 200 with a body, or one of some problems.</summary>
    public static RouteHandlerBuilder Answers<T>(this RouteHandlerBuilder endpoint, params ReadOnlySpan<int> problems) =>
        Problems(endpoint.Produces<T>(), problems);

    /// <summary>What an endpoint answers: 204 without a body, or one of some problems.</summary>
    public static RouteHandlerBuilder AnswersNothing(this RouteHandlerBuilder endpoint, params ReadOnlySpan<int> problems) =>
        Problems(endpoint.Produces(StatusCodes.Status204NoContent), problems);

    /// <summary>Describes the id of the address, which <see cref="PathId"/> reads past the framework.</summary>
    public static RouteHandlerBuilder WithCustomerId(this RouteHandlerBuilder endpoint) =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
    {
        operation.Parameters ??= [];
        operation.Parameters.Insert(0, new OpenApiParameter
        {
            Name = "id",
            In = ParameterLocation.Path,
            Required = true,
            Description = "User id, or else anonymous id, of 1 to 255 characters, escaped in full: a/b is a%2Fb.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = CustomerId.MaxLength },
            Example = "anna",
        });
        return Task.CompletedTask;
    });

    private static RouteHandlerBuilder Problems(RouteHandlerBuilder endpoint, ReadOnlySpan<int> problems)
    {
        foreach (var status in problems)
        {
            endpoint.ProducesProblem(status);
        }

        return endpoint;
    }
}
