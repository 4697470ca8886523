using ClvOrleans.Domain.Stores;
using ClvOrleans.Server.SignIn;
using ClvOrleans.Storage.Access;

namespace ClvOrleans.Server.Tests.SignIn;

/// <summary>What is read of the configuration of a provider.</summary>
public sealed class OidcOptionsTests
{
    [Fact]
    public void Roles_are_what_a_directory_calls_them_with_what_they_may_do()
    {
        var options = new OidcOptions { Roles = " owners = admin; cn=Shop,ou=Teams=act ;clerk=read@de;" };
        Assert.Equal(
            [
                new RoleGrant("owners", Scope.Admin, null), new RoleGrant("cn=Shop,ou=Teams", Scope.Act, null),
                new RoleGrant("clerk", Scope.Read, new StoreId("de")),
            ],
            options.ReadRoles());
    }

    [Theory]
    [InlineData("owners", "'owners' is not ROLE=SCOPE, such as owners=admin, nor ROLE=SCOPE@STORE.")]
    [InlineData("=admin", "'=admin' is not ROLE=SCOPE, such as owners=admin, nor ROLE=SCOPE@STORE.")]
    [InlineData("owners=write", "'owners=write': the scope is not read, act or admin.")]
    [InlineData("owners=Admin", "'owners=Admin': the scope is not read, act or admin.")]
    public void A_role_that_cannot_be_read_is_shown(string roles, string message) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => new OidcOptions { Roles = roles }.ReadRoles()).Message);

    [Theory]
    [InlineData("/storefront?x=1", "/storefront?x=1")]
    [InlineData("/", "/")]
    [InlineData(null, "/")]
    [InlineData("", "/")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("/a\r\nSet-Cookie: b", "/")]
    [InlineData("https://evil.example", "/")]
    public void People_go_on_at_an_address_of_this_service_or_at_the_first_page(string? asked, string path) =>
        Assert.Equal(path, LocalPath.Of(asked));
}
